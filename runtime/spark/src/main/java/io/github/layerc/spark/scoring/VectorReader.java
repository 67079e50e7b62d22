package io.github.layerc.spark.scoring;

import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Inputs that are one column of vectors. */
final class VectorReader implements RowReader {
    private static final long serialVersionUID = 1;

    private final String name;
    private final int place;
    private final int inputs;
    private transient Vector last;

    VectorReader(StructType schema, String name, int inputs) {
        this.name = name;
        this.place = Schemas.place(schema, name);
        this.inputs = inputs;
        DataType type = schema.fields()[place].dataType();
        if (!type.equals(SQLDataTypes.VectorType())) {
            throw new IllegalArgumentException("column " + name + " must be of vectors: type=" + type.catalogString());
        }
    }

    @Override
    public boolean read(Row row) {
        last = row.isNullAt(place) ? null : row.getAs(place);
        if (last == null || last.size() != inputs) {
            return false;
        }
        // of a sum of finite numbers only their overflow is none, and that is looked at once more
        double sum = 0;
        double[] values = last instanceof DenseVector dense ? dense.values() : new double[0];
        for (double value : values) {
            sum += value;
        }
        return Double.isFinite(sum) && values.length > 0
                || Arrays.stream(last.toArray()).allMatch(Double::isFinite);
    }

    @Override
    public void give(Scorer scorer, int sample) {
        scorer.set(sample, last);
    }

    @Override
    public double[] inputs() {
        return last instanceof DenseVector dense ? dense.values().clone() : last.toArray();
    }

    @Override
    public String problem(Row row) {
        if (row.isNullAt(place)) {
            return "column " + name + " must have a vector: value=null";
        }
        Vector vector = row.getAs(place);
        if (vector.size() != inputs) {
            return "column " + name + " must have vectors of " + inputs + " values: size=" + vector.size();
        }
        for (int i = 0; i < inputs; i++) {
            if (!Double.isFinite(vector.apply(i))) {
                return "column " + name + ": value " + i + " must be a finite number: value=" + vector.apply(i);
            }
        }
        return "column " + name + ": outputs must be numbers";
    }
}
