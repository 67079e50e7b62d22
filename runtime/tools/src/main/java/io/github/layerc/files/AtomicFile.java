package io.github.layerc.files;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One file that is replaced again and again: written under another name, brought to the disk, and renamed. At every moment it is the old one or the new one, whole;
 * after a power cut, too, where the file system decides for some seconds which of the two. An {@link OutputFolder} does that for several files together, and takes ten times as long.
 */
public record AtomicFile(Path path) {
    /** Behind the name of the file while it is being written; what a kill has left of it is overwritten by the next write. */
    private static final String UNFINISHED = ".new";

    /** Behind the name of one that is written for practice. */
    private static final String REHEARSED = ".rehearsal";

    /**
     * Replaces the file; its folder is there.
     *
     * @throws DataException if that fails; the old one stays
     */
    public void write(ByteBuffer content) {
        replace(content, path);
    }

    /**
     * Writes as {@link #write} does, and leaves the file as it is.
     *
     * @throws DataException if that fails
     */
    public void rehearse(ByteBuffer content) {
        Path rehearsed = path.resolveSibling(path.getFileName() + REHEARSED);
        replace(content, rehearsed);
        try {
            Files.delete(rehearsed);
        } catch (IOException e) {
            throw failure(rehearsed, e);
        }
    }

    private void replace(ByteBuffer content, Path to) {
        Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
        try {
            OutputFolder.requireReplaceable(path);
            OutputFolder.requireReplaceable(unfinished);
            try (FileChannel channel = FileChannel.open(
                    unfinished,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    private static DataException failure(Path path, IOException e) {
        return DataException.of(path, "cannot write this file", "a writable folder", e);
    }
}
