package io.github.layerc.checkpoint;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.layerc.data.DataException;
import io.github.layerc.hdf5.HdfArray;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model remembers of the data that it was trained with, for predictions.
 *
 * @param classes the names of the classes, from 0 on: two for a network of one output, else one for each output; none where they have no names
 * @param pictureScaling how pictures were read, see {@code Pictures.SCALING}; empty where nothing is known of it
 * @param table columns and what was learned of them, see {@link TableText}; empty where there are none
 */
public record ModelLabels(List<String> classes, String pictureScaling, String table) {
    /** Of a model that remembers nothing. */
    public static final ModelLabels NONE = new ModelLabels(List.of(), "", "");

    private static final String CLASSES = "classes";
    private static final String SCALING = "picture_scaling";

    /** A dataset of bytes, since an attribute is too short for many columns. */
    static final String TABLE = "table";

    public ModelLabels {
        classes = List.copyOf(classes);
    }

    /** Of a model without a table. */
    public ModelLabels(List<String> classes, String pictureScaling) {
        this(classes, pictureScaling, "");
    }

    /** The texts of a file, by name: classes as an array of JSON, in which names can have any characters. What is not there is left out. */
    Map<String, String> texts() {
        return present(classes.isEmpty() ? "" : new Gson().toJson(classes), pictureScaling, table);
    }

    /** The same as they stand in a file. */
    static Map<String, String> texts(HdfSource source) {
        return present(source.text(CLASSES), source.text(SCALING), source.has(TABLE) ? text(source.array(TABLE)) : "");
    }

    private static String text(HdfArray bytes) {
        double[] values = bytes.integers();
        byte[] text = new byte[values.length];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) values[i];
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> present(String classes, String scaling, String table) {
        Map<String, String> texts = new TreeMap<>(Map.of(CLASSES, classes, SCALING, scaling, TABLE, table));
        texts.values().removeIf(String::isEmpty);
        return texts;
    }

    /** @throws DataException if the classes are no names, or not as many as a network has */
    static ModelLabels read(Path file, Map<String, String> texts, Network network) {
        String names = texts.getOrDefault(CLASSES, "");
        List<String> classes = names.isEmpty() ? List.of() : names(file, names);
        ModelLabels labels = new ModelLabels(classes, texts.getOrDefault(SCALING, ""), texts.getOrDefault(TABLE, ""));
        if (!labels.fit(network)) {
            throw DataException.of(
                    file,
                    CLASSES + ": not those of network " + network.name(),
                    classCount(network) + " names",
                    classes.size());
        }
        return labels;
    }

    private static List<String> names(Path file, String json) {
        List<String> names = new ArrayList<>();
        try {
            JsonArray array = JsonParser.parseString(json).getAsJsonArray();
            for (JsonElement name : array) {
                names.add(name.getAsString());
            }
            return names;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw DataException.of(file, CLASSES + ": no names", "an array of strings in JSON", json);
        }
    }

    /** Whether these are names of the classes of a network, or none. */
    boolean fit(Network network) {
        return classes.isEmpty() || classes.size() == classCount(network);
    }

    private static int classCount(Network network) {
        return Math.max(2, network.outputs());
    }
}
