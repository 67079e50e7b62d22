package io.github.layerc.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is too large for memory without a thought: it is mapped instead, which changes no result. */
public final class LargeFiles {
    /** Bytes from which on that is done; a property for tests. */
    public static final String PROPERTY = "layerc.mapFrom";

    private static final long USUAL = 64L << 20;

    private LargeFiles() {}

    /** Whether a file is large. */
    public static boolean isLarge(Path file) {
        try {
            return isLarge(Files.size(file));
        } catch (IOException e) {
            // whoever reads it says what is wrong with it
            return false;
        }
    }

    /** Whether so many bytes are. */
    public static boolean isLarge(long bytes) {
        return bytes >= Long.getLong(PROPERTY, USUAL);
    }
}
