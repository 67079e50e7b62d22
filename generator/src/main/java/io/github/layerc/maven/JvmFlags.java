package io.github.layerc.maven;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/** The flags of every JVM and every compiler that the plugin starts: the one place for them. */
final class JvmFlags {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** The first JDK that warns when JLine, below the progress bar, calls into the system without leave. */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;

    private JvmFlags() {}

    /** Flags of a JVM that runs generated classes. */
    static List<String> java() {
        return java(Runtime.version().feature(), hasVectorModule());
    }

    static List<String> java(int feature, boolean vectorModule) {
        List<String> flags = new ArrayList<>();
        // the message alone: the choice of the target is one line
        flags.add("-Djava.util.logging.SimpleFormatter.format=%5$s%n");
        if (vectorModule) {
            flags.add("--add-modules=" + VECTOR_MODULE);
        }
        if (feature >= WARNS_OF_NATIVE_ACCESS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return flags;
    }

    /** Flags of a compiler of generated classes. */
    static List<String> javac() {
        return List.of("--add-modules", VECTOR_MODULE);
    }

    /** Some Java runtimes are built without it, and refuse to start with the flag; there the classes run their scalar target. */
    private static boolean hasVectorModule() {
        return ModuleFinder.ofSystem().find(VECTOR_MODULE).isPresent();
    }
}
