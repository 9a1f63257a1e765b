set(dependencies PkgConfig::RE2 simdjson::simdjson)
