package io.github.layerc.files;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A folder for results. The files of one {@link #write} are one unit: after a failure, a full disk or a kill there are either all new ones or all
 * that were there before, as seen after the next {@link #open}, {@link #write} or {@link #finish}. The system has no operation that replaces
 * several files, so:
 *
 * <ol>
 *   <li>All new files are written to the hidden folder {@code .layerc-new}, beside second names of the old ones, and reach the disk.
 *   <li>The commit is one operation: that folder is renamed to {@code .layerc-commit}. A kill before it leaves the old files, a kill after it the
 *       new ones.
 *   <li>The new files are moved to their places, each by one operation, so that none is ever missing. If that fails, the folder is renamed to
 *       {@code .layerc-undo}, and the old ones are moved back.
 *   <li>The folder is renamed to {@code .layerc-new}, whose contents mean nothing, and deleted.
 * </ol>
 *
 * The next start completes {@code .layerc-commit}, goes on with {@code .layerc-undo}, and deletes {@code .layerc-new}. Between a kill and the next
 * start files of both runs can lie side by side, each of them whole. Writers wait for each other, also those of other processes: the last one's files
 * stay.
 */
public record OutputFolder(Path path) {
    /** What all names of unfinished writes start with. */
    private static final String RESERVED = ".layerc-";

    private static final FileUnit.Step NO_STEP = operation -> {};

    /** Writes one file, which does not exist yet. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path file) throws IOException;
    }

    /**
     * Makes the folder where it is missing, tries whether files can be written into it, and finishes what an earlier write began.
     *
     * @param files names that are going to be written
     * @throws DataException if it cannot be made, is no folder of the system's, or cannot be written to, or one of the
     *     names is that of anything but a file, or one of ours
     */
    public static OutputFolder open(Path path, String... files) {
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            String found = "one of " + path.getFileSystem().provider().getScheme();
            throw DataException.of(path, "cannot write into this folder", "a folder of the system", found);
        }
        try {
            Files.createDirectories(path);
            recover(path);
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
     * Finishes what an earlier write began in the folder of a file that is going to be read. Where there is nothing to finish, nothing is written.
     *
     * @throws DataException if that cannot be done
     */
    public static void finish(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !new FileUnit(folder, NO_STEP).isUnfinished()) {
            return;
        }
        try {
            recover(folder);
        } catch (IOException e) {
            throw DataException.of(folder, "cannot finish an earlier write", "a writable folder", e);
        }
    }

    /**
     * Writes all files or none.
     *
     * @param files what to write, by file name, in this order
     * @throws DataException if that fails
     */
    public void write(Map<String, Content> files) {
        write(files, NO_STEP);
    }

    void write(Map<String, Content> files, FileUnit.Step step) {
        FileUnit unit = new FileUnit(path, step);
        try {
            FolderLock lock = FolderLock.take(path, FolderLock.PATIENCE);
            try {
                unit.recover();
                unit.replace(files);
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw failed(files, e);
        } catch (RuntimeException e) {
            // libraries hide a full disk in exceptions of their own
            if (!(e instanceof DataException) && hasIoCause(e)) {
                throw failed(files, e);
            }
            throw e;
        }
    }

    private DataException failed(Map<String, Content> files, Exception e) {
        return DataException.of(path, "cannot write " + String.join(", ", files.keySet()), "a writable folder", e);
    }

    private static boolean hasIoCause(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static void recover(Path path) throws IOException {
        FolderLock lock = FolderLock.take(path, FolderLock.PATIENCE);
        try {
            new FileUnit(path, NO_STEP).recover();
        } finally {
            lock.close();
        }
    }

    /** Replacing a pipe or a device would leave a file in its place, and whoever reads it without a word. */
    static void requireReplaceable(Path file) {
        if (file.getFileName().toString().startsWith(RESERVED)) {
            throw DataException.of(
                    file, "cannot write this file", "a name that does not start with " + RESERVED, file.getFileName());
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String found = Files.isDirectory(file) ? "a folder" : "a device or a pipe";
            throw DataException.of(file, "cannot write this file", "a file or nothing of this name", found);
        }
    }
}
