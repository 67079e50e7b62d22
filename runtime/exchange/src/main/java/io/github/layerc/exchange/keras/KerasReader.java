package io.github.layerc.exchange.keras;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.layerc.data.DataException;
import io.github.layerc.exchange.chain.Chain;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.files.DataErrors;
import io.github.layerc.hdf5.HdfSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a model of Keras: what Keras 2 wrote as {@code .h5}, and what it and Keras 3 write as {@code .keras}. */
public final class KerasReader {
    private static final String CONFIG = "model_config";

    private KerasReader() {}

    /**
     * The model as stages.
     *
     * @throws DataException if the file is damaged, or no chain of layers, or a layer is not supported
     * @throws DataErrors if there are several such layers
     */
    public static Chain read(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".keras") ? archive(file) : legacy(file);
    }

    private static Chain legacy(Path file) {
        try (HdfSource source = HdfSource.open(file)) {
            Optional<List<String>> config = source.root().texts(CONFIG);
            if (config.isEmpty() || config.get().size() != 1) {
                String expected = "attribute " + CONFIG + ", which model.save writes and save_weights does not";
                throw DataException.of(
                        file, "no whole model of Keras", expected, source.root().names());
            }
            boolean isKeras3 = source.root()
                    .texts("keras_version")
                    .map(version -> isKeras3(String.join("", version)))
                    .orElse(false);
            KerasModel model = KerasModel.read(file, config.get().get(0), isKeras3);
            return chain(file, model, KerasWeights.legacy(source), source.size());
        }
    }

    private static Chain archive(Path file) {
        try (KerasArchive archive = KerasArchive.open(file)) {
            boolean isKeras3 = isKeras3(version(file, text(archive, "metadata.json")));
            KerasModel model = KerasModel.read(file, text(archive, "config.json"), isKeras3);
            byte[] weights = archive.read("model.weights.h5");
            try (HdfSource source = HdfSource.open(file, weights)) {
                return chain(file, model, KerasWeights.numbered(source, model.tracked()), source.size());
            }
        }
    }

    private static String text(KerasArchive archive, String entry) {
        return new String(archive.read(entry), StandardCharsets.UTF_8);
    }

    private static String version(Path file, String metadata) {
        try {
            JsonObject json = JsonParser.parseString(metadata).getAsJsonObject();
            return json.get("keras_version").getAsString();
        } catch (JsonParseException | IllegalStateException | NullPointerException | UnsupportedOperationException e) {
            throw DataException.of(file, "damaged metadata.json", "keras_version", e);
        }
    }

    private static boolean isKeras3(String version) {
        return !version.startsWith("1.") && !version.startsWith("2.");
    }

    private static Chain chain(Path file, KerasModel model, KerasWeights weights, long bytes) {
        int size = Tensor.size(model.inputShape());
        if (size < 0 || size > bytes || model.inputShape().stream().anyMatch(axis -> axis < 1)) {
            String expected = "at most as many values as the file has bytes for weights";
            throw DataException.of(file, "input of the model", expected, model.inputShape());
        }
        KerasStages stages = new KerasStages(model.inputShape(), weights);
        List<DataException> errors = new ArrayList<>();
        for (KerasLayer layer : model.chain()) {
            try {
                stages.add(layer);
            } catch (IllegalArgumentException
                    | IllegalStateException
                    | ClassCastException
                    | NullPointerException
                    | IndexOutOfBoundsException
                    | UnsupportedOperationException e) {
                String message = e instanceof IllegalArgumentException ? e.getMessage() : "damaged configuration: " + e;
                errors.add(new DataException(file + ": " + layer.words() + ": " + message, e));
                stages.skip(layer);
            }
        }
        DataErrors.requireNone(file, errors);
        List<String> notes = new ArrayList<>(model.notes());
        notes.addAll(stages.notes());
        return new Chain(file, model.inputShape(), stages.stages(), List.of(), notes);
    }
}
