package io.github.layerc.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.layerc.metrics.Metric;
import io.github.layerc.network.Activation;
import io.github.layerc.network.ClassWeights;
import io.github.layerc.network.Clip;
import io.github.layerc.network.EarlyStopping;
import io.github.layerc.network.Form;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.RateSchedule;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Split;
import io.github.layerc.table.Transform;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema, which editors read, says what the reader says, as far as its language goes. */
class SpecSchemaTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNode SCHEMA = load();
    private static final Schema VALIDATOR = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SCHEMA);

    /** Rules that compare values, and numbers whose spelling is gone before a schema sees them. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "duplicate key",
            "parameters",
            "elements",
            "is for the output layer only",
            "is for layers before the output only",
            "needs output activation",
            "does not go with loss",
            "finite in float",
            "needs a first layer without l1",
            "of layers: optimizer=",
            "=0.9999999999",
            "class_weights=[",
            "class_weights: unknown key",
            "needs layers without batch_norm",
            "which batch_norm needs together",
            "must have different names",
            "ranges of names",
            "above -1",
            "value must be one of",
            "needs a loss",
            "need a loss",
            "of the output layer",
            "as the 2 outputs",
            "must not be a column of the input",
            "targets must be different",
            "needs a label",
            "inputs of the columns",
            "=3.0",
            "=1e3",
            "=0x10",
            "=0o10",
            "=010",
            "=2500.0",
            "=0xFF",
            "=1/0",
            "=0/3",
            "=1e-300/1e300",
            "=4e-324/4e-324");

    private static final String COLUMN = "/properties/input/properties/columns/items/anyOf/1/properties/";

    private static JsonNode load() {
        InputStream in = SpecReader.class.getResourceAsStream("layerc-spec.schema.json");
        return MAPPER.readTree(Objects.requireNonNull(in, "schema"));
    }

    static Stream<Arguments> sections() {
        return Stream.of(
                Arguments.of("", SpecKeys.SPEC),
                Arguments.of("/properties/input", SpecKeys.INPUT),
                Arguments.of("/properties/input/properties/columns/items/anyOf/1", SpecKeys.COLUMN),
                Arguments.of("/properties/output", SpecKeys.OUTPUT),
                Arguments.of("/properties/split", SpecKeys.SPLIT),
                Arguments.of("/properties/layers/items", SpecKeys.LAYER),
                Arguments.of("/properties/training", SpecKeys.TRAINING),
                Arguments.of("/properties/training/properties/early_stopping", SpecKeys.EARLY_STOPPING));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void hasTheKeysOfTheReader(String at, List<String> keys) {
        JsonNode section = SCHEMA.at(at);

        assertThat(section.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(section.get("additionalProperties").booleanValue()).isFalse();
        assertThat(section.get("properties").values())
                .allSatisfy(
                        key -> assertThat(key.get("description").stringValue()).isNotBlank());
    }

    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of("/properties/training/properties/batch/anyOf/0", List.of(TrainingReader.FULL_BATCH)),
                Arguments.of("/properties/training/properties/metrics/items", words(Metric.values(), Metric::keyword)),
                Arguments.of(
                        "/properties/training/properties/class_weights/anyOf/0", List.of(ClassWeights.BALANCED_WORD)),
                Arguments.of(COLUMN + "kind", words(ColumnKind.values(), ColumnKind::keyword)),
                Arguments.of("/properties/split/properties/kind", words(Split.Kind.values(), Split.Kind::keyword)),
                Arguments.of("/properties/training/properties/form", words(Form.values(), Form::keyword)),
                Arguments.of(
                        "/properties/training/properties/early_stopping/properties/monitor",
                        words(EarlyStopping.Monitor.values(), EarlyStopping.Monitor::keyword)),
                Arguments.of("/properties/precision", words(Precision.values(), Precision::keyword)));
    }

    private static <E> List<String> words(E[] values, Function<E, String> keyword) {
        return Stream.of(values).map(keyword).toList();
    }

    @ParameterizedTest
    @MethodSource("words")
    void hasTheWordsOfTheNetwork(String at, List<String> words) {
        assertThat(SCHEMA.at(at).get("enum").values())
                .extracting(JsonNode::stringValue)
                .containsExactlyElementsOf(words);
    }

    private static final List<String> NO_MORE = List.of();

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("/properties/layers/items/properties/activation", Activation.all(), NO_MORE),
                Arguments.of("/properties/layers/items/properties/normalization", Normalization.all(), NO_MORE),
                Arguments.of("/properties/layers/items/properties/initializer", Initializer.Kind.all(), NO_MORE),
                Arguments.of("/properties/initializer", Initializer.Kind.all(), List.of("seed")),
                Arguments.of(COLUMN + "transform", Transform.all(), NO_MORE),
                Arguments.of(COLUMN + "missing", Missing.all(), NO_MORE),
                Arguments.of(
                        "/properties/output/properties/targets/items/anyOf/1/properties/transform",
                        Transform.all().stream()
                                .filter(Transform::goesWithTargets)
                                .toList(),
                        NO_MORE),
                Arguments.of("/properties/loss", Loss.all(), NO_MORE),
                Arguments.of("/properties/training/properties/optimizer", Optimizer.all(), NO_MORE),
                Arguments.of("/properties/training/properties/schedule", RateSchedule.all(), NO_MORE),
                Arguments.of("/properties/training/properties/clip", Clip.all(), NO_MORE));
    }

    /** The words alone; a mapping with one of those that have no settings; a mapping for each of the others, with its settings. */
    @ParameterizedTest
    @MethodSource("kinds")
    void hasTheKindsOfTheNetworkAndTheirSettings(String at, List<? extends Kind<?>> kinds, List<String> more) {
        List<JsonNode> ways = List.copyOf(SCHEMA.at(at).get("anyOf").values());
        List<? extends Kind<?>> set =
                kinds.stream().filter(kind -> !kind.settings().isEmpty()).toList();
        List<String> plain = kinds.stream()
                .filter(kind -> kind.settings().isEmpty())
                .map(Kind::keyword)
                .toList();

        assertThat(ways.get(0).get("enum").values())
                .extracting(JsonNode::stringValue)
                .containsExactlyElementsOf(kinds.stream().map(Kind::keyword).toList());
        int first = plain.isEmpty() ? 1 : 2;
        if (!plain.isEmpty()) {
            assertThat(ways.get(1).at("/properties/kind/enum").values())
                    .extracting(JsonNode::stringValue)
                    .containsExactlyElementsOf(plain);
        }
        assertThat(ways).hasSize(first + set.size());
        for (int i = 0; i < set.size(); i++) {
            JsonNode properties = ways.get(first + i).get("properties");
            assertThat(properties.at("/kind/const").stringValue())
                    .isEqualTo(set.get(i).keyword());
            List<String> keys = new ArrayList<>(List.of("kind"));
            for (Setting setting : set.get(i).settings()) {
                keys.add(setting.name());
                assertThat(properties.get(setting.name()).get("default").doubleValue())
                        .isEqualTo(setting.value());
            }
            keys.addAll(more);
            assertThat(properties.propertyNames()).containsExactlyElementsOf(keys);
        }
    }

    @Test
    void hasTheDefaultsOfTheReader() {
        Network network =
                SpecReader.read("n.yaml", "network: N\nlayer_dims: [2, 1]\n").network();

        assertThat(byDefault("input", "scale").doubleValue())
                .isEqualTo(network.input().scale().factor());
        assertThat(SCHEMA.at("/properties/initializer/default").stringValue())
                .isEqualTo(network.initializer().kind().keyword());
        assertThat(SCHEMA.at("/properties/initializer/anyOf/1/properties/seed/default")
                        .longValue())
                .isEqualTo(network.initializer().seed());
        assertThat(byDefault("training", "optimizer").stringValue())
                .isEqualTo(network.training().optimizer().keyword());
        assertThat(byDefault("training", "learning_rate").doubleValue())
                .isEqualTo(network.training().learningRate());
        assertThat(byDefault("training", "schedule").stringValue())
                .isEqualTo(network.training().schedule().keyword());
        assertThat(byDefault("training", "iterations").intValue())
                .isEqualTo(network.training().iterations());
        assertThat(byDefault("training", "l1").doubleValue())
                .isEqualTo(network.training().l1());
        assertThat(byDefault("training", "l2").doubleValue())
                .isEqualTo(network.training().l2());
        assertThat(byDefault("training", "form").stringValue())
                .isEqualTo(network.training().form().keyword());
        assertThat(SCHEMA.at("/properties/precision/default").stringValue())
                .isEqualTo(network.precision().keyword());
    }

    private static JsonNode byDefault(String section, String key) {
        return SCHEMA.at("/properties/" + section + "/properties/" + key + "/default");
    }

    @ParameterizedTest
    @FieldSource("io.github.layerc.spec.ExampleSpecs#FILES")
    void acceptsEveryExample(String name) throws Exception {
        assertThat(VALIDATOR.validate(json(Files.readString(ExampleSpecs.file(name)))))
                .isEmpty();
    }

    static Stream<ErrorCase> expressible() {
        return Stream.of(
                        SpecErrorsTest.keys(),
                        SpecErrorsTest.sizes(),
                        SpecErrorsTest.activationsAndLosses(),
                        SpecErrorsTest.settings(),
                        TableSpecErrorsTest.columns(),
                        TableSpecErrorsTest.outputs())
                .flatMap(Function.identity())
                .filter(SpecSchemaTest::isExpressible);
    }

    private static boolean isExpressible(ErrorCase example) {
        return example.expected().stream()
                .noneMatch(error -> BEYOND_A_SCHEMA.stream().anyMatch(error::contains));
    }

    @ParameterizedTest
    @MethodSource("expressible")
    void refusesWhatTheReaderRefuses(ErrorCase example) {
        assertThat(VALIDATOR.validate(json(example.spec())))
                .as("errors in %s", example)
                .isNotEmpty();
    }

    private static JsonNode json(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowNonScalarKeys(true)
                .build();
        return MAPPER.valueToTree(new Load(settings).loadFromString(yaml));
    }
}
