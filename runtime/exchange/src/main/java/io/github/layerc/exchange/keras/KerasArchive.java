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
    /** DEFLATE packs 1032 bytes into one at best. */
    private static final long MOST_PACKED = 1032;

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
     * The bytes of an entry, unpacked, never more than so many packed ones can be.
     *
     * @throws DataException if there is none of this name, or it is damaged
     */
    byte[] read(String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            String found = zip.stream().map(ZipEntry::getName).collect(Collectors.joining(", "));
            throw DataException.of(path, "missing entry", name, found.isEmpty() ? "no entries" : found);
        }
        long packed = Math.min(entry.getCompressedSize(), path.toFile().length());
        long most = Math.min(entry.getMethod() == ZipEntry.STORED ? packed : MOST_PACKED * packed, MOST_BYTES);
        if (entry.getSize() > most) {
            throw DataException.of(path, name + ": size of the entry", "at most " + most + " bytes", entry.getSize());
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) most);
            CRC32 sum = new CRC32();
            sum.update(bytes);
            if (bytes.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
                String expected = entry.getSize() + " bytes with CRC-32 " + Long.toHexString(entry.getCrc());
                String found = bytes.length + " bytes with CRC-32 " + Long.toHexString(sum.getValue());
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
