set(dependencies simdjson::simdjson ${CLD2} PkgConfig::XXHASH)
