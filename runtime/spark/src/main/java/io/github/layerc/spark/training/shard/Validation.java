package io.github.layerc.spark.training.shard;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * Which rows are kept for validation: those that a column names, or else a share of them that their contents choose, wherever they lie.
 *
 * @param place of the column, -1 for none
 * @param share from 0 to 1, where there is no column
 */
public record Validation(int place, double share) implements Serializable {

    /**
     * Whether a row is kept.
     *
     * @param values what stands in its inputs, before anything is done with it
     * @param target what stands in its target
     */
    boolean keeps(Row row, double[] values, double target) {
        return place < 0 ? Contents.isAmong(share, values, target) : row.getBoolean(place);
    }

    /** What is wrong with a row; empty where nothing is. */
    String problem(Row row) {
        return place >= 0 && row.isNullAt(place)
                ? "column of rows for validation must have false or true: value=null"
                : "";
    }
}
