package io.github.layerc.checkpoint;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.layerc.data.DataException;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Line;
import io.github.layerc.table.Table;
import io.github.layerc.table.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table, and what it learned of its training rows, as a text of JSON: an object for each column with its name, kind, transformation and rule for missing values, categories where it has
 * some, and the numbers {@code fill}, {@code center} and {@code scale}; one for each target likewise; the label with its classes.
 */
final class TableText {
    private static final String FILL = "fill";
    private static final String CENTER = "center";
    private static final String SCALE = "scale";

    private TableText() {}

    /** Numbers have all digits that tell them from their neighbours. */
    static JsonObject json(Fitted fitted) {
        Table table = fitted.table();
        JsonArray columns = new JsonArray();
        for (int c = 0; c < table.columns().size(); c++) {
            JsonObject column = json(table.columns().get(c));
            if (Double.isFinite(fitted.fill(c))) {
                column.addProperty(FILL, fitted.fill(c));
            }
            columns.add(with(column, fitted.line(c)));
        }
        JsonArray targets = new JsonArray();
        for (int t = 0; t < table.targets().size(); t++) {
            targets.add(with(json(table.targets().get(t)), fitted.targetLine(t)));
        }
        JsonObject json = new JsonObject();
        json.add("columns", columns);
        table.label().ifPresent(label -> {
            JsonObject one = new JsonObject();
            one.addProperty("name", label.name());
            one.add("classes", new Gson().toJsonTree(label.classes()));
            json.add("label", one);
        });
        if (!targets.isEmpty()) {
            json.add("targets", targets);
        }
        return json;
    }

    private static JsonObject with(JsonObject json, Line line) {
        json.addProperty(CENTER, line.center());
        json.addProperty(SCALE, line.scale());
        return json;
    }

    /** What a column is, without what was learned of it. */
    private static JsonObject json(Column column) {
        JsonObject json = new JsonObject();
        json.addProperty("name", column.name());
        json.addProperty("kind", column.kind().keyword());
        if (!column.categories().isEmpty()) {
            json.add("categories", new Gson().toJsonTree(column.categories()));
        }
        json.addProperty("transform", column.transform().text());
        json.addProperty("missing", column.missing().text());
        return json;
    }

    private static JsonObject json(Target target) {
        JsonObject json = new JsonObject();
        json.addProperty("name", target.name());
        json.addProperty("transform", target.transform().text());
        return json;
    }

    /**
     * What a table learned, as a model has it.
     *
     * @param text as {@link #json} has it; empty where the model has no table
     * @throws DataException if it is of another table, or damaged
     */
    static Fitted read(Path file, String text, Table table) {
        if (text.isEmpty()) {
            throw DataException.of(file, "model of another network", "one with columns of a table", "none");
        }
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            List<JsonObject> columns = objects(json, "columns");
            List<JsonObject> targets = objects(json, "targets");
            requireSame(
                    file,
                    "columns",
                    table.columns().stream().map(TableText::json).toList(),
                    columns);
            requireSame(
                    file,
                    "targets",
                    table.targets().stream().map(TableText::json).toList(),
                    targets);
            String label =
                    table.label().map(some -> new Gson().toJson(some.classes())).orElse("none");
            String found = json.has("label")
                    ? json.getAsJsonObject("label").getAsJsonArray("classes").toString()
                    : "none";
            if (!label.equals(found)) {
                throw DataException.of(file, "model of another table", "classes " + label, "classes " + found);
            }
            return new Fitted(
                    table,
                    columns.stream()
                            .mapToDouble(column ->
                                    column.has(FILL) ? column.get(FILL).getAsDouble() : Double.NaN)
                            .toArray(),
                    columns.stream().map(TableText::line).toArray(Line[]::new),
                    targets.stream().map(TableText::line).toArray(Line[]::new));
        } catch (JsonParseException
                | IllegalStateException
                | ClassCastException
                | NullPointerException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw DataException.of(file, "damaged table of a model", "columns in JSON", e);
        } catch (IllegalArgumentException e) {
            throw DataException.of(file, "damaged table of a model", "numbers for each column", e);
        }
    }

    private static List<JsonObject> objects(JsonObject json, String name) {
        List<JsonObject> objects = new ArrayList<>();
        if (json.has(name)) {
            for (JsonElement each : json.getAsJsonArray(name)) {
                objects.add(each.getAsJsonObject());
            }
        }
        return objects;
    }

    private static Line line(JsonObject json) {
        return new Line(json.get(CENTER).getAsDouble(), json.get(SCALE).getAsDouble());
    }

    private static void requireSame(Path file, String what, List<JsonObject> expected, List<JsonObject> found) {
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String own = i < expected.size() ? expected.get(i).toString() : "none";
            String other = i < found.size() ? described(found.get(i)) : "none";
            if (!own.equals(other)) {
                throw DataException.of(file, "model of another table", what + " " + (i + 1) + " " + own, other);
            }
        }
    }

    /** Without the numbers. */
    private static String described(JsonObject found) {
        JsonObject described = found.deepCopy();
        List.of(FILL, CENTER, SCALE).forEach(described::remove);
        return described.toString();
    }
}
