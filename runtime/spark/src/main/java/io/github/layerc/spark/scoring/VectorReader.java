package io.github.layerc.spark.scoring;

import io.github.layerc.network.Network;
import io.github.layerc.spark.scoring.loop.Doubles;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;

/** Inputs that are one column of vectors: in rows of users, and as Spark holds them. */
final class VectorReader implements RowReader {
    private static final long serialVersionUID = 1;

    private static final int[] NO_PLACES = {};
    private static final double[] NO_VALUES = {};

    private final String name;
    private final int place;
    private final int inputs;

    /** No value may be larger in its precision. */
    private final double most;

    /** Of the last row; -1 for no vector. */
    private transient int size;

    /** Of a sparse one. */
    private transient int[] places;

    private transient double[] values;

    /** How many of them count. */
    private transient int count;

    private transient double[] buffer;

    VectorReader(StructType schema, String name, Network network) {
        this.name = name;
        this.place = Schemas.place(schema, name);
        this.inputs = network.inputs();
        this.most = RowReader.most(network);
        DataType type = schema.fields()[place].dataType();
        if (!type.equals(SQLDataTypes.VectorType())) {
            throw new IllegalArgumentException("column " + name + " must be of vectors: type=" + type.catalogString());
        }
    }

    @Override
    public boolean read(Row row) {
        return read(row.<Vector>getAs(place));
    }

    /** The same for a vector that stands in no row. */
    boolean read(Vector vector) {
        if (vector == null) {
            return take(-1, NO_PLACES, NO_VALUES, 0);
        }
        if (vector instanceof SparseVector sparse) {
            return take(sparse.size(), sparse.indices(), sparse.values(), sparse.values().length);
        }
        double[] all = vector instanceof DenseVector dense ? dense.values() : vector.toArray();
        return take(all.length, NO_PLACES, all, all.length);
    }

    /** Reads a row as Spark holds it into a sample of a scorer; whether that can be run, else {@link #problem} says why not. */
    boolean read(InternalRow row, Scorer scorer, int sample) {
        if (copied(row, scorer, sample)) {
            return true;
        }
        if (!read(row)) {
            return false;
        }
        give(scorer, sample);
        return true;
    }

    /** Most vectors have all their values, packed on the heap, and can be run: such a one is looked at once. */
    private boolean copied(InternalRow row, Scorer scorer, int sample) {
        if (row.isNullAt(place)) {
            return false;
        }
        InternalRow vector = row.getStruct(place, PackedVector.FIELDS);
        return vector.getByte(PackedVector.KIND) == PackedVector.DENSE
                && vector.getArray(PackedVector.VALUES) instanceof UnsafeArrayData packed
                && packed.numElements() == inputs
                && packed.getBaseObject() instanceof byte[] bytes
                && scorer.set(sample, bytes, (int) (PackedVector.first(packed) - Platform.BYTE_ARRAY_OFFSET), most);
    }

    private boolean read(InternalRow row) {
        if (row.isNullAt(place)) {
            return take(-1, NO_PLACES, NO_VALUES, 0);
        }
        InternalRow vector = row.getStruct(place, PackedVector.FIELDS);
        ArrayData some = vector.getArray(PackedVector.VALUES);
        double[] unpacked = unpacked(some);
        return vector.getByte(PackedVector.KIND) == PackedVector.DENSE
                ? take(some.numElements(), NO_PLACES, unpacked, some.numElements())
                : take(
                        vector.getInt(PackedVector.SIZE),
                        vector.getArray(PackedVector.PLACES).toIntArray(),
                        unpacked,
                        some.numElements());
    }

    /** In the array of the row before, where it is long enough. */
    private double[] unpacked(ArrayData some) {
        if (!(some instanceof UnsafeArrayData packed)) {
            return some.toDoubleArray();
        }
        int length = packed.numElements();
        if (buffer == null || buffer.length < length) {
            buffer = new double[Math.max(length, inputs)];
        }
        Platform.copyMemory(
                packed.getBaseObject(),
                PackedVector.first(packed),
                buffer,
                Platform.DOUBLE_ARRAY_OFFSET,
                (long) length * Double.BYTES);
        return buffer;
    }

    private boolean take(int newSize, int[] newPlaces, double[] newValues, int newCount) {
        size = newSize;
        places = newPlaces;
        values = newValues;
        count = newCount;
        return size == inputs && Doubles.best().within(values, 0, count, most);
    }

    private boolean isDense() {
        return count == size;
    }

    @Override
    public void give(Scorer scorer, int sample) {
        if (isDense()) {
            scorer.set(sample, values);
        } else {
            scorer.set(sample, places, values);
        }
    }

    @Override
    public double[] values() {
        return inputs();
    }

    @Override
    public double[] inputs() {
        if (isDense()) {
            return Arrays.copyOf(values, size);
        }
        double[] all = new double[size];
        for (int i = 0; i < count; i++) {
            all[places[i]] = values[i];
        }
        return all;
    }

    @Override
    public String problem() {
        if (size < 0) {
            return "column " + name + " must have a vector: value=null";
        }
        if (size != inputs) {
            return "column " + name + " must have vectors of " + inputs + " values: size=" + size;
        }
        int i = 0;
        while (i < count - 1 && Math.abs(values[i]) <= most) {
            i++;
        }
        return "column " + name + ": value " + (isDense() ? i : places[i])
                + " must be a finite number in the precision of the network: value=" + values[i];
    }
}
