package io.github.layerc.exchange.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.hdf5.HdfOutput;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import io.jhdf.api.WritableGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a network as Keras 2 wrote a sequential model to {@code .h5}: an attribute {@code model_config} of JSON, and the weights of each layer in {@code model_weights/LAYER/LAYER/NAME:0}, each
 * kernel as {@code [fan-in, units]}. Keras 2 and 3 read it.
 */
public final class KerasWriter {
    /** HDF5 holds an attribute in less than 64 KiB, and jhdf 0.13 writes damaged files from 59,554 bytes on. */
    private static final int MOST_TEXT = 50_000;

    private static final String VERSION = "2.11.0";
    private static final String BACKEND = "tensorflow";

    private final Network network;
    private final double[] parameters;
    private final JsonArray layers = new JsonArray();

    /**
     * Weights by their names, by the names of layers, in order. Layers without weights are not among them: Keras leaves them out when it reads, and jhdf 0.13 overwrites an empty group that is the last one.
     */
    private final Map<String, Map<String, Layer.Parameters>> weights = new LinkedHashMap<>();

    private KerasWriter(Network network, double[] parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    /**
     * What writes the file.
     *
     * @param place file, for messages
     * @param parameters in the canonical layout
     * @throws DataException if Keras 2 has not one of the activations, or there are too many layers
     * @throws DataErrors if it has not several of them
     */
    public static OutputFolder.Content content(
            Path place, Network network, double[] parameters, Map<String, String> metadata) {
        List<DataException> errors = new ArrayList<>();
        for (Layer layer : network.layers()) {
            Activation activation = layer.activation();
            if (KerasWords.name(activation).isEmpty()
                    && !isHardSigmoid(activation)
                    && KerasWords.layer(activation).isEmpty()) {
                String expected = "one of hard_sigmoid, " + String.join(", ", KerasWords.all());
                errors.add(DataException.of(
                        place, "layer " + layer.number() + ": Keras 2 has no such activation", expected, activation));
            }
        }
        DataErrors.requireNone(place, errors);
        KerasWriter writer = new KerasWriter(network, parameters);
        String config = writer.config().toString();
        requireRoom(place, "model_config", config);
        metadata.forEach((name, text) -> requireRoom(place, name, text));
        return file -> writer.write(file, config, metadata);
    }

    private static void requireRoom(Path place, String name, String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > MOST_TEXT) {
            throw DataException.of(
                    place, name + " is too long for an attribute of HDF5", "at most " + MOST_TEXT + " bytes", length);
        }
    }

    /** {@code min(max(z + 3, 0), 6) / 6}, where that of Keras 2 has other numbers. */
    private static boolean isHardSigmoid(Activation activation) {
        return activation.equals(Activation.HARD_SIGMOID);
    }

    private JsonObject config() {
        JsonObject input = plain("input_1");
        input.remove("trainable");
        JsonArray shape = new JsonArray();
        shape.add(JsonNull.INSTANCE);
        network.input().shape().forEach(shape::add);
        input.add("batch_input_shape", shape);
        input.addProperty("sparse", false);
        input.addProperty("ragged", false);
        add("InputLayer", input);
        if (!network.input().scale().isOne()) {
            rescaling("rescaling", network.input().scale().factor(), 0);
        }
        if (network.input().shape().size() > 1) {
            JsonObject flatten = plain("flatten");
            flatten.addProperty("data_format", "channels_last");
            add("Flatten", flatten);
        }
        network.layers().forEach(this::add);
        JsonObject config = new JsonObject();
        config.addProperty("name", "sequential");
        config.add("layers", layers);
        JsonObject model = new JsonObject();
        model.addProperty("class_name", "Sequential");
        model.add("config", config);
        return model;
    }

    private JsonObject plain(String name) {
        JsonObject config = new JsonObject();
        config.addProperty("name", name);
        config.addProperty("trainable", true);
        config.addProperty("dtype", isFloat() ? "float32" : "float64");
        return config;
    }

    private boolean isFloat() {
        return network.precision() == Precision.FLOAT;
    }

    private void add(String className, JsonObject config) {
        JsonObject layer = new JsonObject();
        layer.addProperty("class_name", className);
        layer.add("config", config);
        layers.add(layer);
    }

    private void rescaling(String name, double scale, double offset) {
        JsonObject config = plain(name);
        config.addProperty("scale", scale);
        config.addProperty("offset", offset);
        add("Rescaling", config);
    }

    private void add(Layer layer) {
        List<Layer.Parameters> arrays = layer.parameters();
        String suffix = "_" + layer.number();
        Optional<Normalization> normalization = layer.normalization();
        Optional<String> named = KerasWords.name(layer.activation());
        JsonObject dense = plain("dense" + suffix);
        dense.addProperty("units", layer.units());
        dense.addProperty("activation", normalization.isEmpty() ? named.orElse("linear") : "linear");
        dense.addProperty("use_bias", normalization.isEmpty());
        add("Dense", dense);
        weigh("dense" + suffix, "kernel", arrays.get(0));
        if (normalization.isEmpty()) {
            weigh("dense" + suffix, "bias", arrays.get(1));
        } else {
            normalized(normalization.get(), arrays, suffix);
            named.filter(name -> !name.equals("linear")).ifPresent(name -> {
                JsonObject activation = plain("activation" + suffix);
                activation.addProperty("activation", name);
                add("Activation", activation);
            });
        }
        if (named.isEmpty()) {
            ownActivation(layer.activation(), suffix);
        }
    }

    private void normalized(Normalization normalization, List<Layer.Parameters> arrays, String suffix) {
        String name = (normalization.runs() ? "batch" : "layer") + "_normalization" + suffix;
        JsonObject config = plain(name);
        JsonArray axis = new JsonArray();
        axis.add(1);
        config.add("axis", axis);
        config.addProperty("epsilon", normalization.epsilon());
        config.addProperty("center", true);
        config.addProperty("scale", true);
        if (normalization.runs()) {
            config.addProperty("momentum", normalization.momentum());
        }
        add(normalization.runs() ? "BatchNormalization" : "LayerNormalization", config);
        weigh(name, "gamma", arrays.get(2));
        weigh(name, "beta", arrays.get(1));
        if (normalization.runs()) {
            weigh(name, "moving_mean", arrays.get(3));
            weigh(name, "moving_variance", arrays.get(4));
        }
    }

    /** A hard sigmoid is a relu up to 6 between two layers that scale. */
    private void ownActivation(Activation activation, String suffix) {
        boolean isHardSigmoid = isHardSigmoid(activation);
        if (isHardSigmoid) {
            rescaling("plus_three" + suffix, 1, 3);
        }
        KerasWords.Own own = KerasWords.layer(isHardSigmoid ? Activation.hardTanh(0, 6) : activation)
                .orElseThrow();
        JsonObject config = plain(own.base() + suffix);
        own.config().entrySet().forEach(entry -> config.add(entry.getKey(), entry.getValue()));
        add(own.className(), config);
        if (isHardSigmoid) {
            rescaling("sixth" + suffix, 1 / 6.0, 0);
        }
    }

    private void weigh(String layer, String name, Layer.Parameters array) {
        weights.computeIfAbsent(layer, some -> new LinkedHashMap<>()).put(name, array);
    }

    private void write(Path file, String config, Map<String, String> metadata) {
        HdfOutput.write(file, hdf -> {
            hdf.putAttribute("keras_version", VERSION);
            hdf.putAttribute("backend", BACKEND);
            hdf.putAttribute("model_config", config);
            metadata.forEach((name, text) -> hdf.putAttribute("layerc_" + name.replaceFirst("^layerc_", ""), text));
            WritableGroup all = hdf.putGroup("model_weights");
            all.putAttribute("backend", BACKEND);
            all.putAttribute("keras_version", VERSION);
            all.putAttribute("layer_names", weights.keySet().toArray(String[]::new));
            weights.forEach((layer, arrays) -> write(all.putGroup(layer), layer, arrays));
        });
    }

    private void write(WritableGroup group, String layer, Map<String, Layer.Parameters> arrays) {
        group.putAttribute(
                "weight_names",
                arrays.keySet().stream().map(name -> layer + "/" + name + ":0").toArray(String[]::new));
        WritableGroup inner = group.putGroup(layer);
        arrays.forEach((name, array) -> inner.putDataset(name + ":0", values(array)));
    }

    /** A vector, or weights the other way round. */
    private Object values(Layer.Parameters array) {
        if (array.name().charAt(0) != 'W') {
            double[] vector = Arrays.copyOfRange(parameters, array.at(), array.end());
            return isFloat() ? floats(vector) : vector;
        }
        double[][] kernel = new double[array.columns()][array.rows()];
        for (int i = 0; i < array.columns(); i++) {
            for (int u = 0; u < array.rows(); u++) {
                kernel[i][u] = parameters[array.at() + u * array.columns() + i];
            }
        }
        if (!isFloat()) {
            return kernel;
        }
        float[][] floats = new float[kernel.length][];
        Arrays.setAll(floats, i -> floats(kernel[i]));
        return floats;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
