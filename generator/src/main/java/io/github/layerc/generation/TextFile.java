package io.github.layerc.generation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Writes text files so that nobody sees half of one, and build tools see no change where there is none. */
final class TextFile {
    private TextFile() {}

    /**
     * Writes a file in UTF-8 unless it has this content already; then even its time stays.
     *
     * @return whether it was written
     */
    static boolean writeIfChanged(Path file, String text) throws IOException {
        if (hasText(file, text)) {
            return false;
        }
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = folder.resolve(file.getFileName() + ".part");
        // not through what a link of this name leads to
        Files.deleteIfExists(part);
        Files.writeString(part, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** Whether the file exists with this content. */
    static boolean hasText(Path file, String text) throws IOException {
        return Files.isRegularFile(file)
                && Arrays.equals(Files.readAllBytes(file), text.getBytes(StandardCharsets.UTF_8));
    }
}
