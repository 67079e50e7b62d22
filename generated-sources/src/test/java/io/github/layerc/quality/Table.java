package io.github.layerc.quality;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.layerc.compiler.Compilation;
import io.github.layerc.compiler.Compiler;
import io.github.layerc.compiler.Options;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spec.SpecReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables that come with scikit-learn, each with the spec of a network that suits it, a file of the table's name. */
enum Table {
    IRIS,
    BREAST_CANCER,
    DIGITS,
    DIABETES;

    /** As scikit-learn calls it. */
    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Compiles the spec, and leaves the classes below a folder; returns the network. */
    Network compile(Path folder) throws IOException {
        String file = keyword() + ".yaml";
        Compilation compilation = Compiler.compile(
                SpecReader.read(file, new String(resource(file), StandardCharsets.UTF_8)), Options.DEFAULT);
        for (Map.Entry<String, byte[]> type : compilation.classFiles().entrySet()) {
            Path to = folder.resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(to.getParent());
            Files.write(to, type.getValue());
        }
        return compilation.network();
    }

    /** What sklearn-mlp.py has to know of the network, and the splits that it is to draw. */
    JsonObject settings(Network network, List<Integer> seeds) {
        TrainingSettings training = network.training();
        List<Layer> hidden = network.layers().subList(0, network.layers().size() - 1);
        JsonArray units = new JsonArray();
        hidden.forEach(layer -> units.add(layer.units()));
        JsonArray splits = new JsonArray();
        seeds.forEach(splits::add);
        JsonObject settings = new JsonObject();
        settings.addProperty("table", keyword());
        settings.add("hidden", units);
        settings.addProperty("activation", hidden.get(0).activation().keyword());
        settings.addProperty("learning_rate", training.learningRate());
        settings.addProperty("batch", training.batch());
        settings.addProperty("epochs", training.epochs());
        settings.addProperty("l2", training.l2());
        settings.add("seeds", splits);
        return settings;
    }

    static byte[] resource(String name) {
        try (InputStream in = Table.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no such resource: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
