package io.github.layerc.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OnnxMap;
import java.util.Arrays;
import java.util.Comparator;
import java.lang.reflect.Array;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.OutputClass;
import io.github.layerc.engine.DoubleEngine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written as ONNX is what ONNX Runtime computes, and what it computes of a model of another tool is what that model is here. In the profile {@code onnx-runtime}. */
final class OnnxRuntimeTest {
    private static final Path MODELS = Path.of("src/test/resources/models");
    private static final int COUNT = 5;

    @TempDir
    private Path folder;

    static Stream<ExportedModel> networks() {
        List<ExportedModel> all = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            for (Activation activation : Activation.all()) {
                // of double ONNX Runtime has no kernels for some operators
                boolean runs = precision == Precision.FLOAT || List.of("relu", "tanh", "sigmoid").contains(activation.keyword());
                if (runs) {
                    all.add(network(precision, activation));
                }
            }
        }
        return all.stream();
    }

    private static ExportedModel network(Precision precision, Activation activation) {
        Network.Builder builder = Network.builder("it", "Net")
                .input(new Input(List.of(4, 3), new Scale(1, 255)))
                .precision(precision);
        if (!activation.elementwise()) {
            Network network = builder.layer(6, Activation.RELU)
                    .normalization(Normalization.layerNorm(0.25))
                    .layer(3, activation)
                    .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                    .build();
            return exported(network, List.of("a", "b", "\u00e9"));
        }
        if (activation.equals(Activation.SIGMOID)) {
            Network network = builder.layer(6, activation)
                    .normalization(Normalization.BATCH_NORM)
                    .layer(1, activation)
                    .build();
            return exported(network, List.of("no", "yes"));
        }
        return exported(
                builder.layer(6, activation)
                        .layer(2, activation)
                        .loss(Loss.MEAN_SQUARED_ERROR)
                        .build(),
                List.of());
    }

    private static ExportedModel exported(Network network, List<String> classes) {
        SplittableRandom random = new SplittableRandom(3);
        double[] parameters = new double[network.parameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            // variances, too, are positive
            parameters[i] = random.nextDouble(0.1, 1) * (network.layers().get(0).normalization().isEmpty() && i % 3 == 0 ? -1 : 1);
        }
        return new ExportedModel(network, parameters, new ModelLabels(classes, ""), "");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void computesWhatIsWritten(ExportedModel model) throws IOException, OrtException {
        Path file = folder.resolve("net.onnx");
        ExportFormat.of("onnx").orElseThrow().write(file, model);
        double[] x = samples(model.network());
        double[] expected = predict(model.network(), model.parameters(), x);

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString());
                OnnxTensor input = tensor(model.network(), x, new long[] {COUNT, 4, 3});
                OrtSession.Result result = session.run(Map.of("input", input))) {
            requireNear(flat(result.get("output").orElseThrow().getValue()), expected, model.network().precision());
            if (!model.labels().classes().isEmpty()) {
                String[] labels = (String[]) result.get("label").orElseThrow().getValue();
                requireLabels(model, labels, expected);
            }
        }
    }

    /** All rows at once, and one alone. */
    @ParameterizedTest
    @MethodSource("io.github.layerc.exchange.TableModels#all")
    void computesRowsOfColumns(ExportedModel model) throws IOException, OrtException {
        Path file = folder.resolve("net.onnx");
        ExportFormat.of("onnx").orElseThrow().write(file, model);
        double[][] all = TableModels.rows(model.fitted().orElseThrow().table());

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            for (double[][] rows : List.of(all, new double[][] {all[0]})) {
                double[] expected = Stream.of(rows)
                        .flatMapToDouble(row -> DoubleStream.of(TableModels.expected(model, row)))
                        .toArray();
                Map<String, OnnxTensor> inputs = columns(model, session, rows);
                try (OrtSession.Result result = session.run(inputs)) {
                    requireNear(flat(result.get("output").orElseThrow().getValue()), expected, model.network().precision());
                    if (!model.labels().classes().isEmpty()) {
                        requireLabels(model, (String[]) result.get("label").orElseThrow().getValue(), expected);
                    }
                } finally {
                    inputs.values().forEach(OnnxTensor::close);
                }
            }
        }
    }

    private static void requireLabels(ExportedModel model, String[] labels, double[] expected) {
        int units = model.network().outputs();
        for (int s = 0; s < labels.length; s++) {
            int at = s * units;
            int chosen = OutputClass.of(model.network().loss().targets(), units, u -> expected[at + u]);
            assertThat(labels[s]).isEqualTo(chosen == OutputClass.NONE ? "" : model.labels().classes().get(chosen));
        }
    }

    /** An input for each column, or for those of a pattern. */
    private static Map<String, OnnxTensor> columns(ExportedModel model, OrtSession session, double[][] rows) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        int column = 0;
        for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
            TensorInfo info = (TensorInfo) input.getValue().getInfo();
            int count = (int) info.getShape()[1];
            long[] shape = {rows.length, count};
            int at = column;
            double[] values = Stream.of(rows)
                    .flatMapToDouble(row -> DoubleStream.of(Arrays.copyOfRange(row, at, at + count)))
                    .toArray();
            List<String> categories = model.fitted().orElseThrow().table().columns().get(at).categories();
            inputs.put(input.getKey(), switch (info.type) {
                case STRING -> OnnxTensor.createTensor(
                        environment,
                        DoubleStream.of(values)
                                .mapToObj(value -> Double.isNaN(value) ? "" : categories.get((int) value))
                                .toArray(String[]::new),
                        shape);
                case BOOL -> {
                    boolean[][] flags = new boolean[rows.length][1];
                    for (int r = 0; r < flags.length; r++) {
                        flags[r][0] = values[r] == 1;
                    }
                    yield OnnxTensor.createTensor(environment, flags);
                }
                default -> tensor(model.network(), values, shape);
            });
            column += count;
        }
        return inputs;
    }

    static Stream<Path> models() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            // ONNX Runtime has no erf of doubles
            return files.filter(file -> file.toString().endsWith(".onnx") && !file.endsWith("pt_double_gelu.onnx"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void computesWhatIsImported(Path file) throws OrtException {
        ImportedModel model = new ModelImport("", "Net", Optional.empty()).read(file);
        Network network = model.network();
        double[] x = samples(network);
        double[] expected = predict(network.withPrecision(Precision.DOUBLE), model.parameters(), x);

        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            String name = session.getInputNames().iterator().next();
            long[] shape = ((TensorInfo) session.getInputInfo().get(name).getInfo()).getShape();
            long[] one = LongStream.of(shape).map(size -> Math.max(size, 1)).toArray();
            try (OnnxTensor input = tensor(network, Arrays.copyOf(x, network.inputs()), one);
                    OrtSession.Result result = session.run(Map.of(name, input))) {
                double[] found = probabilities(result, network.outputs());
                double[] wanted = Arrays.copyOf(expected, network.outputs());
                if (!model.notes().isEmpty()) {
                    for (int i = 0; i < found.length; i++) {
                        found[i] = Math.exp(found[i]);
                    }
                }
                requireNear(found, wanted, network.precision());
            }
        }
    }

    /** The outputs that are numbers; of a map from classes to probabilities those, of two classes the second one's. */
    private static double[] probabilities(OrtSession.Result result, int outputs) throws OrtException {
        for (Map.Entry<String, OnnxValue> each : result) {
            Object value = each.getValue().getValue();
            if (value instanceof List<?> maps) {
                Map<?, ?> map = (Map<?, ?>) ((OnnxMap) maps.get(0)).getValue();
                double[] all = map.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                        .mapToDouble(entry -> ((Number) entry.getValue()).doubleValue())
                        .toArray();
                return outputs == 1 ? new double[] {all[1]} : all;
            }
            if (!(value instanceof String[]) && !(value instanceof long[])) {
                return flat(value);
            }
        }
        throw new AssertionError("no numbers");
    }

    private static double[] samples(Network network) {
        double[] x = new double[COUNT * network.inputs()];
        double size = network.input().scale().isOne() ? 1 : 200;
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (size * Math.sin(i + 1));
        }
        return x;
    }

    private static OnnxTensor tensor(Network network, double[] x, long[] shape) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        if (network.precision() == Precision.DOUBLE) {
            return OnnxTensor.createTensor(environment, DoubleBuffer.wrap(x), shape);
        }
        FloatBuffer floats = FloatBuffer.allocate(x.length);
        for (double each : x) {
            floats.put((float) each);
        }
        return OnnxTensor.createTensor(environment, floats.flip(), shape);
    }

    private static double[] predict(Network network, double[] parameters, double[] x) {
        try (DoubleEngine engine = Interpreter.createDouble(network.withPrecision(Precision.DOUBLE), COUNT)) {
            engine.setParameters(parameters);
            return engine.predict(x, COUNT);
        }
    }

    private static void requireNear(double[] found, double[] expected, Precision precision) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(found[i]).as("output %d", i).isNaN();
                continue;
            }
            // ONNX Runtime's erf, tanh and exp of float are polynomials of some 1e-6
            double bound = (precision == Precision.DOUBLE ? 1e-12 : 5e-6) * Math.max(1, Math.abs(expected[i]));
            assertThat(found[i]).as("output %d", i).isCloseTo(expected[i], within(bound));
        }
    }

    private static double[] flat(Object value) {
        List<Double> all = new ArrayList<>();
        collect(value, all);
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(Object value, List<Double> into) {
        if (value instanceof Number number) {
            into.add(number.doubleValue());
            return;
        }
        for (int i = 0; i < Array.getLength(value); i++) {
            collect(Array.get(value, i), into);
        }
    }
}
