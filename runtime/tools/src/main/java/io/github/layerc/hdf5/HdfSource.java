package io.github.layerc.hdf5;

import io.github.layerc.data.DataException;
import io.github.layerc.files.FileStart;
import io.jhdf.HdfFile;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An HDF5 file that was checked before anything is read from it. The whole file is read into memory first: jhdf keeps a descriptor open where
 * it fails to open a file, and maps beyond the end of a truncated one.
 */
public final class HdfSource implements AutoCloseable {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16;

    private final Path path;
    private final HdfFile hdf;
    private final long size;

    private HdfSource(Path path, HdfFile hdf, long size) {
        this.path = path;
        this.hdf = hdf;
        this.size = size;
    }

    /** @throws DataException if the file is missing, is no HDF5 file, or is shorter than it says */
    public static HdfSource open(Path path) {
        return open(path, read(path));
    }

    /**
     * Opens what lies in another file.
     *
     * @param path of that file, for messages
     * @param bytes of the HDF5 file; not copied
     * @throws DataException as above
     */
    public static HdfSource open(Path path, byte[] bytes) {
        requireWhole(path, bytes, signatureAt(path, bytes));
        return new HdfSource(path, guarded(path, () -> HdfFile.fromBytes(bytes)), bytes.length);
    }

    public Path path() {
        return path;
    }

    /** For parts that are read without jhdf. */
    HdfBackingStorage storage() {
        return hdf.getHdfBackingStorage();
    }

    /** Bytes of the file. */
    public long size() {
        return size;
    }

    /** The group that holds all others. */
    public HdfGroup root() {
        return new HdfGroup(this, "", hdf);
    }

    public boolean has(String name) {
        return root().has(name);
    }

    /** @throws DataException if there is no dataset of this name in the root group */
    public HdfArray array(String name) {
        return root().array(name);
    }

    /** All datasets of the root group, in the order of their names; without those that cannot be read. */
    public List<HdfArray> arrays() {
        return root().names().stream()
                .map(this::readable)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<HdfArray> readable(String name) {
        try {
            return Optional.of(array(name));
        } catch (DataException e) {
            // a group, a link, or of a type that is not read
            return Optional.empty();
        }
    }

    /** The text of an attribute of the root group; empty where it has none of this name. */
    public String text(String attribute) {
        return guarded(
                path,
                () -> hdf.getAttributes().containsKey(attribute)
                        ? String.valueOf(hdf.getAttribute(attribute).getData())
                        : "");
    }

    @Override
    public void close() {
        hdf.close();
    }

    /** Whatever jhdf throws over a damaged file becomes one line; sizes that make no sense can exhaust memory. */
    static <T> T guarded(Path path, Supplier<T> read) {
        try {
            return read.get();
        } catch (DataException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw outOfMemory(path, e);
        } catch (RuntimeException | StackOverflowError e) {
            throw DataException.of(path, "damaged or unsupported HDF5", "a file that jhdf can read", e);
        }
    }

    /** Of a file that is whole but large, or that is small and damaged. */
    private static DataException outOfMemory(Path path, OutOfMemoryError e) {
        String rule = "too little memory for this file, or a size in it is damaged";
        String expected = "room for the values of a file of " + bytes(path) + " bytes";
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return new DataException(
                path + ": " + rule + ": expected " + expected + ": found a heap of at most " + heap
                        + " MB, which -Xmx raises",
                e);
    }

    private static String bytes(Path path) {
        try {
            return String.valueOf(Files.size(path));
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static byte[] read(Path path) {
        if (!Files.exists(path)) {
            throw DataException.of(path, "no such file", "an HDF5 file", "nothing");
        }
        if (!Files.isRegularFile(path)) {
            throw DataException.of(
                    path, "not a file", "an HDF5 file", Files.isDirectory(path) ? "a folder" : "a device or a pipe");
        }
        try {
            long size = Files.size(path);
            if (size > MAX_BYTES) {
                throw DataException.of(path, "file is too large", "at most " + MAX_BYTES + " bytes", size);
            }
            return Files.readAllBytes(path);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(path, e);
        } catch (IOException e) {
            throw DataException.of(path, "cannot read this file", "a readable file", e);
        }
    }

    /** In front, or behind a block of the user's own, whose size is 512 bytes or a power of two of them. */
    private static int signatureAt(Path path, byte[] bytes) {
        int length = SIGNATURE.length;
        for (long at = 0; at + length <= bytes.length; at = Math.max(512, 2 * at)) {
            if (Arrays.equals(bytes, (int) at, (int) at + length, SIGNATURE, 0, length)) {
                return (int) at;
            }
        }
        if (bytes.length > 0 && bytes.length < length && Arrays.equals(bytes, Arrays.copyOf(SIGNATURE, bytes.length))) {
            throw truncated(path, "more than the signature", bytes.length);
        }
        throw DataException.of(path, "not an HDF5 file", "the HDF5 signature in front", FileStart.words(bytes));
    }

    /** The superblock holds the end of the file: versions 0 and 1 after fixed fields, 2 and 3 without them. */
    private static void requireWhole(Path path, byte[] bytes, int at) {
        if (bytes.length < at + 24) {
            throw truncated(path, "a superblock", bytes.length);
        }
        int version = bytes[at + 8];
        if (version < 0 || version > 3) {
            throw DataException.of(path, "unsupported HDF5 superblock", "version 0 to 3", "version " + version);
        }
        int addresses = switch (version) {
            case 0 -> 24;
            case 1 -> 28;
            default -> 12;
        };
        int width = bytes[at + (version < 2 ? 13 : 9)];
        if (width != 4 && width != 8) {
            throw DataException.of(path, "unsupported HDF5 superblock", "addresses of 4 or 8 bytes", width);
        }
        int baseAt = at + addresses;
        int endAt = baseAt + 2 * width;
        if (bytes.length < endAt + width) {
            throw truncated(path, "a superblock", bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long base = width == 8 ? buffer.getLong(baseAt) : Integer.toUnsignedLong(buffer.getInt(baseAt));
        if (base != at) {
            throw DataException.of(path, "damaged HDF5 superblock", "base address " + at, Long.toUnsignedString(base));
        }
        long end = width == 8 ? buffer.getLong(endAt) : Integer.toUnsignedLong(buffer.getInt(endAt));
        if (Long.compareUnsigned(end, bytes.length) > 0) {
            throw truncated(path, Long.toUnsignedString(end) + " bytes", bytes.length);
        }
    }

    private static DataException truncated(Path path, String expected, long size) {
        return DataException.of(path, "truncated HDF5 file", expected, size + " bytes");
    }
}
