package io.github.layerc.maven;

/** What the HDF5 library tells of its work, which is of use to nobody who runs a goal. */
final class HdfLog {
    /** Maven's logger looks it up when the library asks for a logger, so it has to be set before. */
    private static final String LEVEL = "org.slf4j.simpleLogger.log.io.jhdf";

    private HdfLog() {}

    /** Turns it off in Maven's JVM, unless somebody has asked for it. */
    static void turnOff() {
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, "off");
        }
    }
}
