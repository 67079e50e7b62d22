package io.github.layerc.spark.scoring;

import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Where the inputs of a network stand in the rows of a data set. Serializable; an instance serves one thread. */
public interface RowReader extends Serializable {

    /**
     * Reads the inputs of a row.
     *
     * @return whether they are there, each a number; where they are not, {@link #problem} says why
     */
    boolean read(Row row);

    /** Gives the inputs of the last row that was read to a scorer. */
    void give(Scorer scorer, int sample);

    /** What stands in the last row that was read, before anything is done with it: one number for each column, NaN where there is none, or the inputs themselves. */
    double[] values();

    /** A copy of the inputs of the last row that was read. */
    double[] inputs();

    /** What is wrong with the last row, which could not be read: a column, what was expected, what was found. */
    String problem();

    /** Takes what the table learned, before the first row. */
    default void fit(Optional<Fitted> fitted) {}

    /**
     * The reader for rows of a schema: of named columns where the network has some, else of one column of vectors.
     *
     * @param featuresCol name of the column of vectors
     * @throws IllegalArgumentException if a column is not there, or of a type that cannot be read
     */
    static RowReader of(StructType schema, Optional<Table> table, String featuresCol, Network network) {
        return table.isPresent()
                ? new ColumnReader(schema, table.get(), network)
                : new VectorReader(schema, featuresCol, network);
    }

    /** The largest number that an input can be. */
    static double most(Network network) {
        return network.precision() == Precision.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE;
    }
}
