package io.github.layerc.spark.scoring;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.unsafe.Platform;

/**
 * The added columns of a row as Spark packs them. All rows have vectors of the same sizes, and so numbers in the same places: the row is packed once, by Spark, and numbers are put into it.
 */
final class AddedRow implements Serializable {
    private static final long serialVersionUID = 1;

    private final UnsafeRow row;

    /** Of each number, from the start of the row on: where an array has its first element is the choice of each JVM. */
    private final int[] offsets;

    private AddedRow(UnsafeRow row, int... offsets) {
        this.row = row;
        this.offsets = offsets;
    }

    /** On the driver: to pack a row for the first time, Spark generates a class. */
    static AddedRow of(Answer answer) {
        List<Answer.Added> added = answer.added();
        StructType schema =
                new StructType(added.stream().map(Answer.Added::field).toArray(StructField[]::new));
        Object[] zeros = added.stream().map(AddedRow::zero).toArray();
        UnsafeRow row = UnsafeProjection.create(schema)
                .apply(new GenericInternalRow(zeros))
                .copy();
        int[] offsets = new int[answer.numbers()];
        int next = 0;
        for (int i = 0; i < zeros.length; i++) {
            long first = added.get(i).isVector() ? values(row, i) : number(row, i);
            for (int k = 0; k < added.get(i).size(); k++) {
                offsets[next++] = (int) (first - row.getBaseOffset()) + k * Double.BYTES;
            }
        }
        return new AddedRow(row, offsets);
    }

    /** One that shares nothing with this. */
    AddedRow copy() {
        return new AddedRow(row.copy(), offsets);
    }

    @SuppressWarnings("unchecked")
    private static Object zero(Answer.Added added) {
        return added.isVector()
                ? ((UserDefinedType<Vector>) SQLDataTypes.VectorType())
                        .serialize(Vectors.dense(new double[added.size()]))
                : (Object) 0.0;
    }

    private static long number(UnsafeRow row, int column) {
        return row.getBaseOffset()
                + UnsafeRow.calculateBitSetWidthInBytes(row.numFields())
                + (long) column * Long.BYTES;
    }

    private static long values(UnsafeRow row, int column) {
        return PackedVector.first(row.getStruct(column, PackedVector.FIELDS).getArray(PackedVector.VALUES));
    }

    /** The row with these numbers, until the next ones. */
    UnsafeRow with(double... numbers) {
        Object base = row.getBaseObject();
        for (int i = 0; i < offsets.length; i++) {
            Platform.putDouble(base, row.getBaseOffset() + offsets[i], numbers[i]);
        }
        return row;
    }
}
