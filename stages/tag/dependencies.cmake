set(dependencies simdjson::simdjson -Wl,--no-as-needed ${CLD2_FULL} ${CLD2} PkgConfig::XXHASH)
