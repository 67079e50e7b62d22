package io.github.layerc.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;

/**
 * The right to replace files of a folder, held by one thread of one process at a time: a lock on the hidden file {@value #NAME}, which the system
 * releases when a process ends, and which is deleted with the last release. Others wait.
 */
final class FolderLock implements AutoCloseable {
    static final String NAME = ".layerc-lock";

    /** Longer than writing a model takes on a slow disk: a process that has not ended by then has stopped. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int PAUSE_MILLIS = 10;

    /** Locked beyond the contents: where locks are mandatory, others could not read them otherwise. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IOException if files cannot be written there, cannot be locked, or another has had the lock for all of that time */
    static FolderLock take(Path folder, Duration patience) throws IOException {
        Path file = folder.resolve(NAME);
        long start = System.nanoTime();
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                await(file, channel, start, patience);
                taken = isStill(file, channel);
                if (taken) {
                    return new FolderLock(file, channel);
                }
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        }
    }

    private static void await(Path file, FileChannel channel, long start, Duration patience) throws IOException {
        while (!tryLock(channel)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new IOException("another process that has been writing there for " + patience.toSeconds()
                        + " s: it holds the lock on " + file);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + file);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // another thread of this JVM
            return false;
        }
    }

    /** Whoever had the lock has deleted the file: then this is the lock on a file that nobody else will find. */
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        String token = UUID.randomUUID().toString();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(token.getBytes(StandardCharsets.US_ASCII)), 0);
        try {
            return Files.readString(file).equals(token);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A file that stays is no harm: the next one takes it. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
