package io.github.layerc.exchange.keras;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A file {@code .keras}: an archive in the format ZIP. */
final class KerasArchive implements AutoCloseable {
    /** What Keras writes is not packed at all, and trained weights hardly can be; DEFLATE could make one byte of 1032. */
    private static final long MOST_PACKED = 64;

    /** Bytes that may be packed better: a long configuration repeats itself. */
    private static final long SMALL = 4 << 20;

    private static final long MOST_BYTES = Integer.MAX_VALUE - 16;

    private final Path path;
    private final ZipFile zip;

    private KerasArchive(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /** @throws DataException if it is no such archive, damaged or truncated */
    static KerasArchive open(Path path) {
        try {
            return new KerasArchive(path, new ZipFile(path.toFile()));
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.of(path, "not a model of Keras, or a damaged one", "an archive in the format ZIP", e);
        }
    }

    /**
     * The bytes of an entry, unpacked.
     *
     * @throws DataException if there is none of this name, it is damaged, or more than so many packed ones should be
     */
    byte[] read(String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            String found = zip.stream().map(ZipEntry::getName).collect(Collectors.joining(", "));
            throw DataException.of(path, "missing entry", name, found.isEmpty() ? "no entries" : found);
        }
        long packed = Math.min(entry.getCompressedSize(), path.toFile().length());
        long unpacked = entry.getMethod() == ZipEntry.STORED ? packed : Math.max(SMALL, MOST_PACKED * packed);
        long most = Math.min(unpacked, MOST_BYTES);
        if (entry.getSize() > most) {
            throw DataException.of(path, name + ": size of the entry", "at most " + most + " bytes", entry.getSize());
        }
        try (InputStream in = zip.getInputStream(entry)) {
            // one more, so that an entry that is longer than it says is not read to its end
            byte[] bytes = in.readNBytes((int) Math.min(entry.getSize() + 1, most));
            CRC32 sum = new CRC32();
            sum.update(bytes);
            if (bytes.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
                String expected = entry.getSize() + " bytes with CRC-32 " + Long.toHexString(entry.getCrc());
                String found = (bytes.length > entry.getSize() ? "more" : bytes.length) + " bytes with CRC-32 "
                        + Long.toHexString(sum.getValue());
                throw DataException.of(path, name + ": damaged entry", expected, found);
            }
            return bytes;
        } catch (OutOfMemoryError e) {
            throw DataException.of(path, name + ": too little memory", "room for " + entry.getSize() + " bytes", e);
        } catch (IOException e) {
            throw DataException.of(path, name + ": damaged entry", "what ZIP can unpack", e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // of a file that was only read, nothing is lost
            return;
        }
    }
}
