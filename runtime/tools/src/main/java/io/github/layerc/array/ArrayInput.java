package io.github.layerc.array;

import io.github.layerc.data.DataException;
import io.github.layerc.files.FileStart;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, or of a part of one, from front to back, unpacked where they are packed. Whatever fails becomes one line with the place. */
final class ArrayInput implements AutoCloseable {
    /** DEFLATE packs 258 bytes into 2 bits at best, after some bytes for the start of a block. */
    private static final long MOST_PACKED = 1032;

    private static final int GZIP_BUFFER = 1 << 16;

    private final Object place;
    private final InputStream in;
    private final OptionalLong length;
    private final long most;
    private long at;

    /**
     * @param place for messages
     * @param length of all bytes, where that is sure
     * @param most bytes that there can be
     */
    private ArrayInput(Object place, InputStream in, OptionalLong length, long most) {
        this.place = place;
        this.in = in;
        this.length = length;
        this.most = most;
    }

    /**
     * A file, packed by gzip or not: its first bytes tell.
     *
     * @throws DataException if it cannot be read
     */
    static ArrayInput open(Path path) {
        requireFile(path);
        try {
            long size = Files.size(path);
            if (!isGzip(start(path, 2))) {
                return new ArrayInput(path, Files.newInputStream(path), OptionalLong.of(size), size);
            }
            InputStream packed = Files.newInputStream(path);
            try {
                InputStream unpacked = new GZIPInputStream(packed, GZIP_BUFFER);
                return new ArrayInput(path, unpacked, OptionalLong.empty(), MOST_PACKED * size);
            } catch (IOException e) {
                packed.close();
                throw e;
            }
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /**
     * An entry of an archive.
     *
     * @param packed bytes that it takes there
     * @param isPacked whether these are fewer than there are
     */
    static ArrayInput ofEntry(Object place, InputStream in, long packed, boolean isPacked) {
        return new ArrayInput(place, in, OptionalLong.empty(), isPacked ? MOST_PACKED * packed : packed);
    }

    static void requireFile(Path path) {
        if (!Files.exists(path)) {
            String found = Files.isSymbolicLink(path) ? "a link to nothing" : "nothing";
            throw DataException.of(path, "no such file", "an array", found);
        }
        if (!Files.isRegularFile(path)) {
            String found = Files.isDirectory(path) ? "a folder" : "a device or a pipe";
            throw DataException.of(path, "not a file", "an array", found);
        }
    }

    static boolean isGzip(byte[] start) {
        return start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    }

    /** The first bytes of a file as they are stored, fewer where it has not so many. */
    static byte[] start(Path path, int length) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    Object place() {
        return place;
    }

    /** How many bytes there are left, where that is sure. */
    OptionalLong left() {
        return length.isPresent() ? OptionalLong.of(length.getAsLong() - at) : OptionalLong.empty();
    }

    /** How many there can be left. */
    long mostLeft() {
        return most - at;
    }

    /** The next bytes, fewer at the end. */
    byte[] next(int count) {
        byte[] bytes = new byte[(int) Math.min(count, Math.max(0, mostLeft()))];
        int read = read(bytes, bytes.length);
        return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }

    /** Reads as many bytes as there are, at most so many, and says how many. */
    int read(byte[] into, int count) {
        try {
            int read = in.readNBytes(into, 0, count);
            at += read;
            return read;
        } catch (IOException e) {
            throw failed(place, e);
        }
    }

    /** Whether there is no more; asking also checks the sum behind packed bytes. */
    boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            throw failed(place, e);
        }
    }

    /** An exception about bytes that do not start as a format does. */
    DataException isNot(String format, String expected, byte[] start) {
        byte[] more = next(FileStart.LENGTH);
        byte[] all = Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, all, start.length, more.length);
        return DataException.of(place, "not " + format, expected, FileStart.words(all));
    }

    static DataException failed(Object place, IOException e) {
        if (e instanceof EOFException) {
            return DataException.of(place, "truncated packed data", "all of it", e);
        }
        if (e instanceof ZipException) {
            return DataException.of(place, "damaged packed data", "what gzip or ZIP can unpack", e);
        }
        return DataException.of(place, "cannot read this file", "a readable file", e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw failed(place, e);
        }
    }
}
