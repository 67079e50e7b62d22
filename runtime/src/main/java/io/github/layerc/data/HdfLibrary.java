package io.github.layerc.data;

import java.nio.file.Path;

/** The library that reads and writes HDF5, which a program without such files does not need. */
final class HdfLibrary {
    private static final String CLASS = "io.jhdf.HdfFile";

    private HdfLibrary() {}

    /**
     * Checks that the library is there, before a class of it is touched.
     *
     * @param file that is to be read or written
     * @throws DataException if it is not there
     */
    static void require(Path file) {
        try {
            Class.forName(CLASS, false, HdfLibrary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            String found = HdfLibrary.class.getModule().isNamed()
                    ? "no module io.jhdf: require it in module-info"
                    : "no class " + CLASS + ": add the dependency";
            throw new DataException(file + ": HDF5 needs a library: expected io.jhdf:jhdf: found " + found, e);
        }
    }
}
