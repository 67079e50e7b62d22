package io.github.layerc.array;

import io.github.layerc.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** The formats of files of arrays. What a file is, its first bytes say, unpacked where gzip packed them, and its name where they say nothing. */
public enum ArrayFormat {
    NPY(".*\\.npy(\\.gz)?"),
    NPZ(".*\\.npz"),
    HDF5(".*\\.(h5|hdf5)"),
    IDX(".*(\\.idx|[.-]idx\\d+-ubyte)(\\.gz)?");

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /** Its directory, where it has no entries. */
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    private static final byte[] HDF = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    /** Enough for all of them. */
    private static final int START = 8;

    private final String names;

    /** @param names of its files in small letters, a regular expression */
    ArrayFormat(String names) {
        this.names = names;
    }

    /**
     * The format of a file; none where neither its start nor its name is known, or there is no such file.
     *
     * @throws DataException if it cannot be read
     */
    public static Optional<ArrayFormat> of(Path path) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        byte[] start = start(path);
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return first(format -> format.starts(start)).or(() -> first(format -> name.matches(format.names)));
    }

    private static Optional<ArrayFormat> first(Predicate<ArrayFormat> is) {
        return Arrays.stream(values()).filter(is).findFirst();
    }

    private static byte[] start(Path path) {
        byte[] start = ArrayInput.start(path, START);
        if (!ArrayInput.isGzip(start)) {
            return start;
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path))) {
            return in.readNBytes(START);
        } catch (IOException e) {
            // damaged: its reader, which its name finds, says how
            return start;
        }
    }

    private boolean starts(byte[] bytes) {
        return switch (this) {
            case NPY -> NpyFormat.starts(bytes);
            case NPZ -> startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP);
            case HDF5 -> startsWith(bytes, HDF);
            case IDX -> IdxFormat.starts(bytes);
        };
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /**
     * Reads the one array of a file that holds one, NPY or IDX.
     *
     * @throws DataException if it is no such array, damaged or truncated
     */
    public StoredArray read(Path path) {
        Function<ArrayInput, StoredArray> read = this == IDX ? IdxFormat::read : NpyFormat::read;
        try (ArrayInput in = ArrayInput.open(path)) {
            return read.apply(in);
        }
    }
}
