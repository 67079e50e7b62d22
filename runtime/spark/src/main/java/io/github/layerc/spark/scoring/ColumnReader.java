package io.github.layerc.spark.scoring;

import io.github.layerc.network.Network;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Inputs that the spec's columns become, as in the class: numbers, words that are categories, booleans, and what stands for a value that is not there.
 */
public final class ColumnReader implements RowReader {
    private static final long serialVersionUID = 1;

    private final Field[] fields;
    private final double most;
    private transient Fitted fitted;
    private transient Row last;
    private transient double[] values;
    private transient double[] inputs;

    /** One column: where it stands, and its words. */
    private record Field(
            int place, String name, ColumnKind kind, boolean optional, Map<String, Integer> categories, double above)
            implements Serializable {

        /** NaN where there is no value, or none that the column can have. */
        double number(Row row) {
            Object value = row.get(place);
            if (value == null) {
                return Double.NaN;
            }
            double number = switch (kind) {
                case NUMBER -> ((Number) value).doubleValue();
                case BOOLEAN -> value instanceof Boolean some ? (some ? 1 : 0) : ((Number) value).doubleValue();
                case CATEGORY -> {
                    Integer category = categories.get(value.toString());
                    yield category == null ? Double.NaN : category;
                }
            };
            return number;
        }

        /** Whether a value that is there is one that the column can have: missing ones are none. */
        boolean accepts(double number, Row row) {
            if (Double.isNaN(number)) {
                // a word that is no category is not as if there were none; a number that is NaN is
                return optional && (kind == ColumnKind.NUMBER || row.isNullAt(place));
            }
            return Double.isFinite(number)
                    && number > above
                    && (kind != ColumnKind.BOOLEAN || number == 0 || number == 1);
        }

        String expected() {
            String required = optional ? "no value, or " : "";
            return required
                    + switch (kind) {
                        case NUMBER -> above < 0 && Double.isFinite(above) ? "a number above " + above : "a number";
                        case BOOLEAN -> "false or true";
                        case CATEGORY -> "one of " + String.join(", ", categories.keySet());
                    };
        }
    }

    ColumnReader(StructType schema, Table table, Network network) {
        this.most = RowReader.most(network);
        List<Field> all = new ArrayList<>();
        for (Column column : table.columns()) {
            int place = Schemas.place(schema, column.name());
            requireType(column, schema.fields()[place].dataType());
            Map<String, Integer> categories = new LinkedHashMap<>();
            column.categories().forEach(word -> categories.put(word, categories.size()));
            all.add(new Field(
                    place,
                    column.name(),
                    column.kind(),
                    column.optional(),
                    categories,
                    column.transform().accepts(-1) ? Double.NEGATIVE_INFINITY : -1));
        }
        fields = all.toArray(Field[]::new);
    }

    private static void requireType(Column column, DataType type) {
        boolean fits = switch (column.kind()) {
            case NUMBER -> type instanceof NumericType;
            case BOOLEAN -> type instanceof BooleanType || type instanceof NumericType;
            case CATEGORY -> type instanceof StringType || type instanceof NumericType;
        };
        if (!fits) {
            throw new IllegalArgumentException("column " + column.name() + " cannot be read as "
                    + column.kind().keyword() + ": type=" + type.catalogString());
        }
    }

    @Override
    public void fit(Optional<Fitted> learned) {
        fitted = learned.orElseThrow(() -> new IllegalStateException("the table has learned nothing yet"));
        inputs = new double[fitted.table().features()];
    }

    /** The values of a row, one number for each column, before anything is done with them; NaN where there is none. */
    public double[] values(Row row) {
        double[] all = new double[fields.length];
        for (int c = 0; c < all.length; c++) {
            all[c] = fields[c].number(row);
        }
        return all;
    }

    /** Whether all values of a row are some that its columns can have. */
    public boolean accepts(double[] some, Row row) {
        for (int c = 0; c < some.length; c++) {
            if (!fields[c].accepts(some[c], row)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean read(Row row) {
        last = row;
        values = values(row);
        if (!accepts(values, row)) {
            return false;
        }
        fitted.features(values, inputs, 0);
        return Arrays.stream(inputs).allMatch(input -> Math.abs(input) <= most);
    }

    @Override
    public void give(Scorer scorer, int sample) {
        scorer.set(sample, inputs);
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public double[] inputs() {
        return inputs.clone();
    }

    @Override
    public String problem() {
        for (Field field : fields) {
            if (!field.accepts(field.number(last), last)) {
                return "column " + field.name() + " must have " + field.expected() + ": value="
                        + last.get(field.place());
            }
        }
        return "what columns become must be numbers in the precision of the network: inputs=" + Arrays.toString(inputs);
    }
}
