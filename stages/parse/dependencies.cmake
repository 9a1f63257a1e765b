set(dependencies simdjson::simdjson pugixml::pugixml ICU::uc ICU::i18n PkgConfig::XXHASH PkgConfig::UCHARDET)
