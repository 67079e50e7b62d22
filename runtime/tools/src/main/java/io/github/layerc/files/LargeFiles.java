package io.github.layerc.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which files are too large for memory without a thought: what they hold is mapped instead, which changes no result. */
public final class LargeFiles {
    /** Bytes of a file from which on that is done; a property for tests. */
    public static final String PROPERTY = "layerc.mapFrom";

    private static final long USUAL = 64L << 20;

    private LargeFiles() {}

    /** Whether a file is large. */
    public static boolean isLarge(Path file) {
        try {
            return Files.size(file) >= Long.getLong(PROPERTY, USUAL);
        } catch (IOException e) {
            // whoever reads it says what is wrong with it
            return false;
        }
    }
}
