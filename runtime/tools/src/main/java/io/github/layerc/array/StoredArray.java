package io.github.layerc.array;

import io.github.layerc.array.ElementType.Kind;
import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.MappedMatrix;
import java.util.ArrayList;
import java.util.List;

/** An array that was read from a file, whatever its format: numbers, booleans or strings, in C order. */
public final class StoredArray {
    /** Enough of them: an array of something else has one in every row. */
    private static final int MAX_ERRORS = 100;

    private final Object place;
    private final ElementType type;
    private final Axes axes;
    private final Object values;

    /**
     * @param place for messages
     * @param values {@code byte[]} of uint8 and of booleans, {@code String[]} of strings, {@code float[]} or {@code double[]} of all other numbers, or a {@link MappedMatrix} of these, with a row for each of the
     *     first axis; not copied
     */
    StoredArray(Object place, ElementType type, Axes axes, Object values) {
        this.place = place;
        this.type = type;
        this.axes = axes;
        this.values = values;
    }

    public long[] shape() {
        return axes.toArray();
    }

    /** As Python writes it: {@code (60000, 28, 28)}. */
    public String shapeText() {
        return axes.text();
    }

    /** The type of the values, as NumPy calls it: {@code uint8}, {@code bool}, {@code string}, ... */
    public String type() {
        return type.text();
    }

    /** Whether values are numbers from 0 to 255, each a byte, as those of pictures are. */
    public boolean isBytes() {
        return type.equals(ElementType.UINT8);
    }

    public boolean isText() {
        return type.isText();
    }

    public boolean isBoolean() {
        return type.kind() == Kind.BOOLEAN;
    }

    /** Number of values. */
    public int size() {
        return (int) axes.bytes(1);
    }

    /** A value; 0 or 1 of booleans. */
    public double number(int index) {
        if (values instanceof byte[] bytes) {
            return bytes[index] & 0xff;
        }
        if (values instanceof MappedMatrix mapped) {
            return mapped.at(index / mapped.columns(), index % mapped.columns());
        }
        return values instanceof float[] floats ? floats[index] : ((double[]) values)[index];
    }

    /** A value of strings. */
    public String text(int index) {
        return ((String[]) values)[index];
    }

    /**
     * Its values as samples without targets.
     *
     * @throws DataException if these are strings
     */
    public Dataset samples(int features) {
        requireNumbers();
        if (values instanceof byte[] bytes) {
            return Dataset.ofBytes(bytes, features);
        }
        if (values instanceof float[] floats) {
            return Dataset.of(floats, features);
        }
        return values instanceof MappedMatrix mapped
                ? Dataset.of(mapped, size() / features, features)
                : Dataset.of((double[]) values, features);
    }

    /** Its values as samples with labels, see {@link Dataset}. */
    public Dataset samples(int features, int[] labels, int outputs) {
        return samples(features).withLabels(labels, outputs);
    }

    /** Its values as samples with targets, see {@link Dataset}. */
    public Dataset samples(int features, double[] targets, int outputs) {
        return samples(features).withTargets(targets, outputs);
    }

    /** @throws DataException if values are strings */
    public void requireNumbers() {
        if (isText()) {
            throw broken("wrong type", "numbers or booleans", type());
        }
    }

    /**
     * @throws DataException if a value is NaN or infinite
     * @throws DataErrors if more values are
     */
    public void requireFinite() {
        if (values instanceof byte[]) {
            return;
        }
        List<DataException> errors = new ArrayList<>();
        for (int i = 0; i < size() && errors.size() < MAX_ERRORS; i++) {
            double value = number(i);
            if (!Double.isFinite(value)) {
                errors.add(broken("no finite number in " + where(i), "finite numbers", value));
            }
        }
        DataErrors.requireNone(place, errors);
    }

    /** The row and the column of a value, in words. */
    public String where(int index) {
        return axes.where(index);
    }

    /** An exception about this array. */
    public DataException broken(String rule, String expected, Object found) {
        return DataException.of(place, rule, expected, found);
    }

    /** Of a file that is whole but large, or that is small and damaged. */
    static DataException outOfMemory(Object place, Axes axes, OutOfMemoryError e) {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return new DataException(
                place
                        + ": too little memory for this array, or a size in it is damaged: expected room for the values of "
                        + axes.text() + ": found a heap of at most " + heap + " MB, which -Xmx raises",
                e);
    }
}
