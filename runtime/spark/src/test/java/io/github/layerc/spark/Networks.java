package io.github.layerc.spark;

import io.github.layerc.command.Engines;
import io.github.layerc.compiler.Options;
import io.github.layerc.engine.Engine;
import io.github.layerc.generation.NamedSpec;
import io.github.layerc.generation.SpecFolder;
import io.github.layerc.generation.TunedSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Generated classes of the tests, in a jar as a job brings them. */
public final class Networks {
    private static final Path FOLDER = Path.of("target", "networks");
    private static final Networks ALL = new Networks();

    private final Path jar = FOLDER.resolve("networks.jar");
    private final URLClassLoader loader;

    private Networks() {
        try {
            compile(Map.ofEntries(
                    dense("Two", "[4, 5, 1]", "softplus, sigmoid", "binary_cross_entropy", "float", "0.2"),
                    dense("Three", "[4, 6, 3]", "tanh, softmax", "categorical_cross_entropy", "float", "0.2"),
                    dense("ThreeDouble", "[4, 6, 3]", "tanh, softmax", "categorical_cross_entropy", "double", "0.2"),
                    dense("Slope", "[3, 8, 1]", "tanh, identity", "mean_squared_error", "double", "0.1"),
                    dense("Margin", "[4, 5, 1]", "tanh, identity", "hinge", "float", "0.1"),
                    dense(
                            "Deep",
                            "[100, 128, 64, 2]",
                            "relu, relu, softmax",
                            "categorical_cross_entropy",
                            "float",
                            "0.05"),
                    dense(
                            "Wide",
                            "[100, 32, 16, 2]",
                            "relu, relu, softmax",
                            "categorical_cross_entropy",
                            "float",
                            "0.05"),
                    dense(
                            "Digits",
                            "[784, 128, 64, 10]",
                            "relu, relu, softmax",
                            "categorical_cross_entropy",
                            "float",
                            "0.05"),
                    dense(
                            "Broad",
                            "[784, 512, 256, 10]",
                            "relu, relu, softmax",
                            "categorical_cross_entropy",
                            "float",
                            "0.05"),
                    careful(
                            "Careful",
                            "l1: 0.001\n  l2: 0.01\n  optimizer: adam\n  schedule: {kind: cosine, warm_up: 3}\n"
                                    + "  clip: {kind: global_norm, at: 0.2}"),
                    careful(
                            "Patient",
                            "optimizer: momentum\n  early_stopping: {monitor: cost, patience: 3, min_delta: 0.02}"),
                    careful(
                            "Averaged",
                            "optimizer: nesterov\n  averaging: 0.8\n"
                                    + "  early_stopping: {monitor: validation_cost, patience: 4, min_delta: 0.03}"),
                    Map.entry("flowers", FLOWERS),
                    Map.entry("rent", RENT)));
            loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, Networks.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String FLOWERS = """
            network: Flowers
            package: spark.networks
            input:
              columns:
                - {name: length, transform: standardize, missing: mean}
                - {name: width, transform: min_max}
                - {name: color, kind: category, values: [red, white], missing: indicator}
                - {name: wild, kind: boolean}
            output: {label: species, classes: [rose, tulip, lily]}
            layers:
              - {units: 6, activation: tanh}
              - {units: 3, activation: softmax}
            loss: categorical_cross_entropy
            training: {optimizer: gradient_descent, learning_rate: 0.3, epochs: 30, batch: full}
            """;

    private static final String RENT = """
            network: Rent
            package: spark.networks
            input:
              columns:
                - {name: area, transform: standardize}
                - {name: floor, transform: standardize, missing: median}
            output: {targets: [{name: price, transform: standardize}]}
            layers:
              - {units: 5, activation: tanh}
              - {units: 1, activation: identity}
            loss: mean_squared_error
            training: {optimizer: gradient_descent, learning_rate: 0.2, epochs: 60, batch: full}
            """;

    /** The same layers with what a training can have beside its optimizer. */
    private static Map.Entry<String, String> careful(String name, String training) {
        return Map.entry(name.toLowerCase(Locale.ROOT), """
                network: %s
                package: spark.networks
                input: {shape: [4]}
                layers:
                  - {units: 6, activation: tanh}
                  - {units: 3, activation: softmax}
                loss: categorical_cross_entropy
                precision: double
                initializer: {kind: glorot_uniform, seed: 3}
                training:
                  learning_rate: 0.2
                  epochs: 40
                  batch: full
                  %s
                """.formatted(name, training));
    }

    private static Map.Entry<String, String> dense(
            String name, String dims, String activations, String loss, String precision, String rate) {
        String[] sizes = dims.replaceAll("[\\[\\] ]", "").split(",", -1);
        String[] words = activations.split(", ", -1);
        StringBuilder layers = new StringBuilder();
        for (int l = 1; l < sizes.length; l++) {
            layers.append("  - {units: ")
                    .append(sizes[l])
                    .append(", activation: ")
                    .append(words[l - 1])
                    .append("}\n");
        }
        String spec = "network: " + name + "\npackage: spark.networks\ninput: {shape: [" + sizes[0] + "]}\nlayers:\n"
                + layers + "loss: " + loss + "\nprecision: " + precision
                + "\ninitializer: {kind: glorot_uniform, seed: 3}\ntraining: {optimizer: gradient_descent, learning_rate: "
                + rate
                + ", epochs: 20, batch: 32}\n";
        return Map.entry(name.toLowerCase(Locale.ROOT), spec);
    }

    private void compile(Map<String, String> specs) throws IOException {
        Path folder = FOLDER.resolve("specs");
        Files.createDirectories(folder);
        for (Map.Entry<String, String> spec : specs.entrySet()) {
            Files.writeString(folder.resolve(spec.getKey() + ".yaml"), spec.getValue());
        }
        SpecFolder all = SpecFolder.read(folder, folder);
        if (!all.problems().isEmpty()) {
            throw new AssertionError(all.problems());
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (String name : specs.values().stream()
                .map(text -> text.lines().findFirst().orElseThrow().substring(9))
                .toList()) {
            NamedSpec spec = all.find(name);
            classes.putAll(TunedSpec.read(spec, false).compile(Options.DEFAULT).classFiles());
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
                entries.putNextEntry(new JarEntry(entry.getKey().replace('.', '/') + ".class"));
                entries.write(entry.getValue());
                entries.closeEntry();
            }
        }
    }

    /** The jar. */
    public static Path jar() {
        return ALL.jar.toAbsolutePath();
    }

    /** Sees the classes, and those of the tests. */
    public static ClassLoader loader() {
        return ALL.loader;
    }

    public static String className(String name) {
        return "spark.networks." + name;
    }

    /** An instance with the parameters of the initializer. */
    public static Engine engine(String name, int batch) {
        Engine engine = Engines.of(className(name), loader()).open("", batch);
        engine.initialize();
        return engine;
    }
}
