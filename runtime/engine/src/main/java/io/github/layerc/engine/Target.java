package io.github.layerc.engine;

import java.util.Locale;

/** What a class is generated for. */
public enum Target {
    /** Plain Java, for any JVM. */
    SCALAR,
    /** The Vector API, for JVMs that have the module {@code jdk.incubator.vector} and compile it well. */
    VECTOR;

    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
