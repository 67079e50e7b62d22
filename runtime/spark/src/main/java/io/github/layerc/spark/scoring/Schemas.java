package io.github.layerc.spark.scoring;

import java.util.Arrays;
import org.apache.spark.sql.types.StructType;

/** Columns of a data set by their names. */
public final class Schemas {
    private Schemas() {}

    /**
     * The place of a column.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static int place(StructType schema, String name) {
        int place = Arrays.asList(schema.fieldNames()).indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException("no column of this name: expected one of "
                    + String.join(", ", schema.fieldNames()) + ": column=" + name);
        }
        return place;
    }

    /** Refuses a column that is there already. */
    public static void requireNew(StructType schema, String name) {
        if (Arrays.asList(schema.fieldNames()).contains(name)) {
            throw new IllegalArgumentException("there is a column of this name already: column=" + name);
        }
    }
}
