set(dependencies PkgConfig::XXHASH)
