package io.github.layerc.spark.scoring;

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
final class AddedRow {
    private final UnsafeRow row;

    /** Of each number, from the base of the row on. */
    private final long[] offsets;

    AddedRow(Answer answer) {
        List<Answer.Added> added = answer.added();
        StructType schema =
                new StructType(added.stream().map(Answer.Added::field).toArray(StructField[]::new));
        Object[] zeros = added.stream().map(AddedRow::zero).toArray();
        row = UnsafeProjection.create(schema)
                .apply(new GenericInternalRow(zeros))
                .copy();
        offsets = new long[answer.numbers()];
        int next = 0;
        for (int i = 0; i < zeros.length; i++) {
            long first = added.get(i).isVector() ? values(i) : number(i);
            for (int k = 0; k < added.get(i).size(); k++) {
                offsets[next++] = first + (long) k * Double.BYTES;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Object zero(Answer.Added added) {
        return added.isVector()
                ? ((UserDefinedType<Vector>) SQLDataTypes.VectorType())
                        .serialize(Vectors.dense(new double[added.size()]))
                : (Object) 0.0;
    }

    private long number(int column) {
        return row.getBaseOffset()
                + UnsafeRow.calculateBitSetWidthInBytes(row.numFields())
                + (long) column * Long.BYTES;
    }

    private long values(int column) {
        return PackedVector.first(row.getStruct(column, PackedVector.FIELDS).getArray(PackedVector.VALUES));
    }

    /** The row with these numbers, until the next ones. */
    UnsafeRow with(double... numbers) {
        Object base = row.getBaseObject();
        for (int i = 0; i < offsets.length; i++) {
            Platform.putDouble(base, offsets[i], numbers[i]);
        }
        return row;
    }
}
