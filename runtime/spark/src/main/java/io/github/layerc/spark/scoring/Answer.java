package io.github.layerc.spark.scoring;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructField;

/** What is added to a row: the columns, and their values for a sample that was run. */
public interface Answer extends Serializable {

    /** The columns that are added, in their order. */
    List<StructField> fields();

    /** Takes what the model has to say, before the first row. */
    default void of(NetworkModel model) {}

    /** Writes the values of a sample, {@code fields().size()} of them from {@code at} on. */
    void write(Scorer scorer, int sample, Object[] row, int at);

    /** Writes what stands for outputs of a row that could not be read. */
    void writeNothing(Object[] row, int at);
}
