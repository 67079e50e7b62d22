package io.github.layerc.array;

import io.github.layerc.array.ElementType.Kind;
import io.github.layerc.hdf5.HdfArray;
import io.github.layerc.hdf5.HdfSource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The datasets of the root group of an HDF5 file. */
public final class HdfArrays implements ArrayStore {
    /** From here on an integer can be another one that was rounded. */
    private static final double INEXACT = 0x1p53;

    private final HdfSource source;

    private HdfArrays(HdfSource source) {
        this.source = source;
    }

    /** @throws io.github.layerc.data.DataException if the file is missing, is no HDF5 file, or is shorter than it says */
    public static HdfArrays open(Path path) {
        return new HdfArrays(HdfSource.open(path));
    }

    @Override
    public Object place() {
        return source.path();
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        source.arrays().forEach(array -> names.add(array.name()));
        return names;
    }

    @Override
    public StoredArray read(String name) {
        HdfArray array = source.array(name);
        Object place = source.path() + ": " + name;
        Axes axes = Axes.of(array.shape());
        String type = array.type();
        if (type.equals("uint8")) {
            return new StoredArray(place, ElementType.UINT8, axes, array.bytes());
        }
        if (type.equals("string")) {
            return new StoredArray(
                    place, new ElementType(Kind.BYTES, 1), axes, array.strings().toArray(new String[0]));
        }
        if (array.areBooleans()) {
            return new StoredArray(place, new ElementType(Kind.BOOLEAN, 1), axes, array.booleans());
        }
        if (type.equals("float32")) {
            return new StoredArray(place, new ElementType(Kind.REAL, Float.BYTES), axes, array.floats());
        }
        if (type.equals("float64")) {
            return new StoredArray(place, new ElementType(Kind.REAL, Double.BYTES), axes, array.reals());
        }
        if (!type.startsWith("int") && !type.startsWith("uint")) {
            throw array.broken("wrong type", "numbers, booleans or strings", type);
        }
        Kind kind = type.startsWith("u") ? Kind.UNSIGNED : Kind.SIGNED;
        int width = Integer.parseInt(type.replaceAll("\\D", "")) / Byte.SIZE;
        return integers(new StoredArray(place, new ElementType(kind, width), axes, array.integers()));
    }

    private static StoredArray integers(StoredArray array) {
        for (int i = 0; i < array.size(); i++) {
            if (Math.abs(array.number(i)) >= INEXACT) {
                throw array.broken(
                        "integer that a double may not hold in " + array.where(i),
                        "one of 53 bits",
                        String.format(Locale.ROOT, "%.0f", array.number(i)));
            }
        }
        return array;
    }

    @Override
    public void close() {
        source.close();
    }
}
