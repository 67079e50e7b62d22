package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Form;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.spec.SpecReader;
import io.github.layerc.training.History;
import io.github.layerc.training.Trainer;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trainings as a spec says them end where the formulas of the papers do, written once more in NumPy: see {@code training-reference.py}. */
class TrainingReferenceTest {
    private static final JsonNode REFERENCE = load();
    private static final int SAMPLES = 7;

    private static JsonNode load() {
        InputStream in = TrainingReferenceTest.class.getResourceAsStream("training-reference.json");
        return new JsonMapper().readTree(Objects.requireNonNull(in, "reference"));
    }

    private static double[] numbers(JsonNode array) {
        return array.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    private static Network network(JsonNode each) {
        return SpecReader.read("reference.yaml", """
                        network: Reference
                        input: {shape: [3]}
                        layers:
                          - {units: 4, activation: tanh%s}
                          - {units: 2, activation: %s%s}
                        loss: %s
                        training: {%s, iterations: 20}
                        precision: double
                        """.formatted(
                                own(each, "first"),
                                word(each, "output"),
                                own(each, "last"),
                                word(each, "loss"),
                                word(each, "training")))
                .network();
    }

    /** What a layer says for itself. */
    private static String own(JsonNode each, String layer) {
        return each.has(layer) ? ", " + word(each, layer) : "";
    }

    private static String word(JsonNode each, String name) {
        return each.get(name).stringValue();
    }

    private static double[] start(JsonNode each) {
        return numbers((each.has("start") ? each : REFERENCE).get("start"));
    }

    static Stream<Arguments> cases() {
        return REFERENCE
                .get("cases")
                .valueStream()
                .map(each -> Arguments.of(word(each, "training") + ", loss: " + word(each, "loss"), each));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsWhereNumpyDoes(String title, JsonNode each) {
        double[] expected = numbers(each.get("parameters"));
        double[] rates = numbers(each.get("rates"));
        Network network = network(each);
        Dataset plain = Dataset.of(numbers(REFERENCE.get("samples")), 3, numbers(each.get("targets")), 2);
        Dataset data = each.has("weights") ? plain.withWeights(numbers(each.get("weights"))) : plain;
        List<Engine> engines = new ArrayList<>(List.of(Interpreter.create(network, SAMPLES)));
        Generated generated = new Generated(network);
        for (Target target : Target.values()) {
            engines.add(generated.create(SAMPLES, target));
        }
        for (Engine engine : engines) {
            try (engine) {
                for (Form form : List.of(Form.DIRECT, Form.AUTO)) {
                    engine.setParametersFromDouble(start(each));
                    History history = new Trainer(network.training().withForm(form), 1)
                            .train(engine, data)
                            .history();
                    double[] found = history.entries().stream()
                            .mapToDouble(entry -> entry.learningRate()
                                    .orElse(network.training().learningRate()))
                            .toArray();
                    assertThat(found).containsExactly(rates, within(1e-15));
                    assertThat(engine.parametersAsDouble())
                            .as("%s, %s", engine.name(), form)
                            .containsExactly(expected, within(1e-12));
                    if (each.has("outputs")) {
                        assertThat(engine.predict(data)).containsExactly(numbers(each.get("outputs")), within(1e-12));
                    }
                }
            }
        }
    }

    private static List<String> words(String name) {
        return REFERENCE
                .get("cases")
                .valueStream()
                .filter(each -> each.has(name))
                .map(each -> word(each, name))
                .toList();
    }

    /** Each loss is among the cases, as it is and with other numbers. */
    @Test
    void hasEveryLoss() {
        for (Loss loss : Loss.all()) {
            assertThat(words("loss")).contains(loss.keyword());
            assertThat(loss.settings())
                    .allSatisfy(setting -> assertThat(words("loss"))
                            .anyMatch(each -> each.startsWith("{kind: " + loss.keyword() + ", " + setting.name())));
        }
    }

    /** Each normalisation is among the cases, as it is and with other numbers. */
    @Test
    void hasEveryNormalization() {
        for (Normalization normalization : Normalization.all()) {
            String word = "normalization: ";
            assertThat(words("first")).contains(word + normalization.keyword());
            assertThat(normalization.settings())
                    .allSatisfy(setting -> assertThat(words("first"))
                            .anyMatch(each -> each.startsWith(word + "{kind: " + normalization.keyword())
                                    && each.contains(setting.name() + ": ")));
        }
    }

    /** Each optimizer is among the cases, as it is and with penalties, each schedule of the rate, and each way to clip. */
    @Test
    void hasEveryWayToTrain() {
        List<String> trainings = words("training");
        for (Optimizer optimizer : Optimizer.all()) {
            String word = "optimizer: " + optimizer.keyword();
            assertThat(trainings)
                    .anyMatch(each -> each.endsWith(word))
                    .anyMatch(each -> each.contains(word + ", l2: "));
            assertThat(trainings.stream().anyMatch(each -> each.contains(word + ", l1: ")))
                    .isNotEqualTo(optimizer.searches());
        }
        for (String weights : List.of("class_weights: [", "class_weights: balanced")) {
            assertThat(trainings).anyMatch(each -> each.contains(weights));
        }
        for (Clip clip : Clip.all()) {
            assertThat(trainings).anyMatch(each -> each.contains("clip: {kind: " + clip.keyword() + ","));
        }
        for (RateSchedule schedule : RateSchedule.all()) {
            assertThat(trainings)
                    .anyMatch(each -> each.endsWith("schedule: " + schedule.keyword())
                            || each.contains("schedule: {kind: " + schedule.keyword() + ","));
        }
    }

    /** Otherwise a rule that hardly moves anything would pass. */
    @Test
    void movesParametersByMoreThanTheAllowedDifference() {
        cases().forEach(each -> {
            double[] start = start((JsonNode) each.get()[1]);
            double[] end = numbers(((JsonNode) each.get()[1]).get("parameters"));
            DoubleStream.Builder moves = DoubleStream.builder();
            for (int i = 0; i < start.length; i++) {
                moves.add(Math.abs(end[i] - start[i]));
            }
            assertThat(moves.build().min().orElseThrow()).isGreaterThan(1e-6);
        });
    }
}
