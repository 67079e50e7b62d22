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
 * after a power cut, too. An {@link OutputFolder} does that for several files together, and takes ten times as long.
 */
public record AtomicFile(Path path) {
    /** Behind the name of the file while it is being written; what a kill has left of it is overwritten by the next write. */
    private static final String UNFINISHED = ".new";

    /**
     * Replaces the file; its folder is there.
     *
     * @throws DataException if that fails; the old one stays
     */
    public void write(ByteBuffer content) {
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
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            syncFolder();
        } catch (IOException e) {
            throw DataException.of(path, "cannot write this file", "a writable folder", e);
        }
    }

    /** The new name, too, is to survive a power cut. */
    private void syncFolder() throws IOException {
        FileChannel folder;
        try {
            folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows opens no folders, and keeps their names in order by itself
            return;
        }
        try (folder) {
            folder.force(true);
        }
    }
}
