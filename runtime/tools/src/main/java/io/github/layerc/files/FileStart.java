package io.github.layerc.files;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file that is not of the kind that its reader takes looks like, by its first bytes. */
public final class FileStart {
    /** Bytes that are enough. */
    public static final int LENGTH = 64;

    private static final int SHOWN = 8;

    private FileStart() {}

    /**
     * In words, for messages.
     *
     * @param bytes of the file, all of them or at least the first {@link #LENGTH}
     */
    public static String words(byte[] bytes) {
        if (bytes.length == 0) {
            return "an empty file";
        }
        int length = Math.min(bytes.length, LENGTH);
        String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).strip();
        if (start.startsWith("version https://git-lfs")) {
            return "a Git LFS pointer: fetch the file itself with git lfs pull";
        }
        String lower = start.toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            return "an HTML page";
        }
        StringBuilder hex = new StringBuilder("bytes");
        for (int i = 0; i < Math.min(length, SHOWN); i++) {
            hex.append(String.format(Locale.ROOT, " %02x", bytes[i]));
        }
        return hex.toString();
    }
}
