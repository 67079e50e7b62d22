package io.github.layerc.array;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A file in the format NPZ of NumPy: an archive in the format ZIP, in which each {@code NAME.npy}, stored or deflated, is an array. */
public final class NpzFile implements ArrayStore {
    private static final String END = ".npy";

    private final Path path;
    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> entries = new TreeMap<>();

    private NpzFile(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
        zip.stream().filter(entry -> entry.getName().endsWith(END)).forEach(entry -> {
            String name = entry.getName();
            entries.put(name.substring(0, name.length() - END.length()), entry);
        });
    }

    /** @throws DataException if the file is missing, no such archive, damaged, truncated or encrypted */
    public static NpzFile open(Path path) {
        ArrayInput.requireFile(path);
        ZipFile zip = null;
        try {
            zip = new ZipFile(path.toFile());
            return new NpzFile(path, zip);
        } catch (IOException e) {
            throw failed(path, e);
        } catch (RuntimeException e) {
            // names of entries that are no text
            closeQuietly(zip);
            throw DataException.of(path, "damaged NPZ file", "an archive in the format ZIP", e);
        }
    }

    private static void closeQuietly(ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException e) {
            // of a file that was only read, nothing is lost
        }
    }

    private static DataException failed(Path path, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("encrypted")) {
            return DataException.of(path, "encrypted NPZ file", "one without a password", e);
        }
        if (e instanceof ZipException) {
            return DataException.of(path, "damaged or truncated NPZ file", "an archive in the format ZIP", e);
        }
        return DataException.of(path, "cannot read this file", "an archive in the format ZIP", e);
    }

    @Override
    public Object place() {
        return path;
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(entries.keySet());
    }

    /** The shapes of all arrays that can be read. */
    public SortedMap<String, long[]> shapes() {
        SortedMap<String, long[]> shapes = new TreeMap<>();
        entries.forEach((name, entry) -> {
            try (ArrayInput in = input(name, entry, zip.getInputStream(entry))) {
                shapes.put(name, NpyFormat.header(in).axes().toArray());
            } catch (DataException | IOException e) {
                // objects of Python, or damaged: nobody has asked for it
            }
        });
        return shapes;
    }

    private ArrayInput input(String name, ZipEntry entry, InputStream bytes) {
        // a directory can say that an entry is larger than its archive
        long packed = Math.min(entry.getCompressedSize(), path.toFile().length());
        return ArrayInput.ofEntry(path + ": " + name, bytes, packed, entry.getMethod() != ZipEntry.STORED);
    }

    @Override
    public StoredArray read(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            throw DataException.of(path, "missing array", name, entries.isEmpty() ? "no arrays" : names());
        }
        CRC32 sum = new CRC32();
        try (InputStream stream = zip.getInputStream(entry);
                ArrayInput in = input(name, entry, new CheckedInputStream(stream, sum))) {
            StoredArray array = NpyFormat.read(in);
            // the JDK compares it only where an archive is read front to back
            if (sum.getValue() != entry.getCrc()) {
                throw DataException.of(
                        in.place(), "damaged values", "CRC-32 " + hex(entry.getCrc()), "CRC-32 " + hex(sum.getValue()));
            }
            return array;
        } catch (IOException e) {
            throw ArrayInput.failed(path + ": " + name, e);
        }
    }

    private static String hex(long sum) {
        return Long.toHexString(sum);
    }

    @Override
    public void close() {
        closeQuietly(zip);
    }
}
