package io.github.layerc.spark.scoring;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/** What is added to a row: the columns, and their numbers for a sample that was run. */
public interface Answer extends Serializable {

    /**
     * A column that is added.
     *
     * @param field its name and type
     * @param size how many numbers it has; a vector has that many, a number one
     */
    record Added(StructField field, int size) {

        /** A column of vectors. */
        static Added vector(String name, int size) {
            Metadata metadata = new AttributeGroup(name, size).toMetadata();
            return new Added(DataTypes.createStructField(name, SQLDataTypes.VectorType(), false, metadata), size);
        }

        /** A column of numbers. */
        static Added number(String name, Metadata metadata) {
            return new Added(DataTypes.createStructField(name, DataTypes.DoubleType, false, metadata), 1);
        }

        boolean isVector() {
            return field.dataType().equals(SQLDataTypes.VectorType());
        }

        /** The value of a row of users, from a place of all numbers on. */
        public Object value(double[] numbers, int from) {
            if (!isVector()) {
                return numbers[from];
            }
            return Vectors.dense(Arrays.copyOfRange(numbers, from, from + size));
        }
    }

    /** The columns that are added, in their order. */
    List<Added> added();

    /** How many numbers all of them have. */
    default int numbers() {
        return added().stream().mapToInt(Added::size).sum();
    }

    /** Takes what the model has to say, before the first row. */
    default void of(NetworkModel model) {}

    /** Writes the numbers of a sample, those of all columns behind each other. */
    void write(Scorer scorer, int sample, double[] numbers);
}
