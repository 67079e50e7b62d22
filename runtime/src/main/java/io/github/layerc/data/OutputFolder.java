package io.github.layerc.data;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A folder for results. Files appear in it whole or not at all: all of a call are written under other names first, then moved, so a failure or
 * an interruption leaves what was there before.
 */
public record OutputFolder(Path path) {

    /** Writes one file, which does not exist yet. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path file) throws IOException;
    }

    /**
     * Makes the folder where it is missing, and tries whether files can be written into it.
     *
     * @param files names that are going to be written
     * @throws DataException if it cannot be made, is no folder, or cannot be written to, or one of the names is a folder's
     */
    public static OutputFolder open(Path path, String... files) {
        Path probe = hidden(path, "probe");
        try {
            Files.createDirectories(path);
            Files.createFile(probe);
            Files.delete(probe);
        } catch (FileAlreadyExistsException e) {
            throw DataException.of(path, "not a folder", "a folder for results", "a file at " + e.getFile());
        } catch (IOException e) {
            throw DataException.of(path, "cannot write into this folder", "a folder for results", e);
        }
        for (String file : files) {
            requireReplaceable(path.resolve(file));
        }
        return new OutputFolder(path);
    }

    /**
     * Writes all files or none.
     *
     * @param files what to write, by file name, in this order
     * @throws DataException if that fails
     */
    public void write(Map<String, Content> files) {
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<String, Content> file : files.entrySet()) {
                requireReplaceable(path.resolve(file.getKey()));
                Path hidden = hidden(path, file.getKey());
                written.add(hidden);
                hidden.toFile().deleteOnExit();
                file.getValue().writeTo(hidden);
            }
            int i = 0;
            for (String name : files.keySet()) {
                move(written.get(i++), path.resolve(name));
            }
        } catch (IOException e) {
            throw DataException.of(path, "cannot write " + String.join(", ", files.keySet()), "a writable folder", e);
        } finally {
            written.forEach(OutputFolder::discard);
        }
    }

    private static void requireReplaceable(Path file) {
        if (Files.isDirectory(file)) {
            throw DataException.of(file, "cannot write this file", "a file or nothing of this name", "a folder");
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** After a success there is nothing left to delete; after a failure a file that stays is hidden, and the failure is the one to report. */
    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    private static Path hidden(Path folder, String name) {
        return folder.resolve("." + name + "." + UUID.randomUUID() + ".part");
    }
}
