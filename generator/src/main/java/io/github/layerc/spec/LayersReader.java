package io.github.layerc.spec;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Initializer;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.random.Dropout;
import io.github.layerc.spec.text.SpecErrors;
import io.github.layerc.table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads what has to go together: input, layers and loss, in the short form ({@code layer_dims}: hidden relu, output sigmoid, loss binary
 * cross-entropy) or the long one ({@code layers}).
 */
final class LayersReader {
    private static final Loss SHORT_FORM_LOSS = Loss.BINARY_CROSS_ENTROPY;

    /** As many as a data set of HDF5 or an array of NumPy can have. */
    private static final int MOST_AXES = 32;

    private final SpecErrors errors;
    private final Section spec;
    private final Precision precision;
    private final Optional<Section> input;
    private final boolean hasColumns;
    private final Optional<List<Column>> columns;

    /** @param precision in which the scale of the input, and what stands for missing values, have to be numbers */
    LayersReader(SpecErrors errors, Section spec, Precision precision) {
        this.precision = precision;
        this.errors = errors;
        this.spec = spec;
        this.input = spec.get("input").flatMap(value -> value.section("input: ", SpecKeys.INPUT));
        Optional<Value> named = input.flatMap(section -> section.get("columns"));
        this.hasColumns = named.isPresent();
        this.columns = named.flatMap(value -> ColumnsReader.read(value, precision));
        if (hasColumns) {
            Stream.of("shape", "scale")
                    .flatMap(key -> input.orElseThrow().get(key).stream())
                    .forEach(value -> value.fail(value.name() + " and columns exclude each other"));
        }
    }

    /** A number of values with where it stands, and of the layer that puts them out what is its own; the input has nothing. */
    private record Stage(
            Optional<Value> at,
            Optional<Integer> size,
            Optional<Activation> activation,
            Optional<Normalization> normalization,
            Optional<Initializer.Kind> initializer,
            Optional<Double> dropout,
            OptionalDouble l1,
            OptionalDouble l2) {
        Stage(Optional<Value> at, Optional<Integer> size, Optional<Activation> activation) {
            this(
                    at,
                    size,
                    activation,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty());
        }

        boolean hasBatchNorm() {
            return normalization.filter(Normalization::runs).isPresent();
        }

        void addTo(Network.Builder network) {
            if (initializer.isPresent()) {
                network.layer(size.orElseThrow(), activation.orElseThrow(), initializer.get());
            } else {
                network.layer(size.orElseThrow(), activation.orElseThrow());
            }
            normalization.ifPresent(network::normalization);
            dropout.ifPresent(network::dropout);
            l1.ifPresent(network::layerL1);
            l2.ifPresent(network::layerL2);
        }
    }

    /**
     * What a training has to go with.
     *
     * @param loss empty where it has an error
     * @param outputs empty where there is an error in their number
     * @param firstL1 l1 of the first layer, empty where it says none
     * @param batchNorm whether a layer has batch normalisation
     * @param drops whether a layer has dropout
     * @param hasL1 whether a layer says an l1 of its own, and not 0
     * @param hasColumns whether the input names columns
     * @param columns of the input; empty where it names none, or there is an error in them
     */
    record Task(
            Optional<Loss> loss,
            Optional<Integer> outputs,
            OptionalDouble firstL1,
            boolean batchNorm,
            boolean drops,
            boolean hasL1,
            boolean hasColumns,
            Optional<List<Column>> columns) {}

    /** Gives the network as much of its input, layers and loss as has no error. */
    Task addTo(Network.Builder network) {
        Optional<Value> dims = spec.get("layer_dims");
        Optional<Value> layers = spec.get("layers");
        Optional<List<Stage>> shortForm = dims.flatMap(this::layerDims);
        Optional<List<Stage>> longForm = layers.flatMap(this::layers);
        Optional<Loss> loss = spec.get("loss").flatMap(value -> KindReader.read(value, Loss.all(), precision));
        Optional<List<Integer>> shape = hasColumns
                ? columns.map(LayersReader::features)
                : input.flatMap(section -> section.get("shape")).flatMap(this::shape);
        Scale scale = input.flatMap(section -> hasColumns ? Optional.empty() : section.get("scale"))
                .flatMap(value -> value.scale(precision))
                .orElse(Scale.ONE);
        if (dims.isPresent() && layers.isPresent()) {
            errors.add(layers.get().node().position(), "layer_dims and layers exclude each other");
        } else if (dims.isPresent()) {
            loss.ifPresent(this::checkShortFormLoss);
            network.loss(loss.orElse(SHORT_FORM_LOSS));
            shortForm.ifPresent(stages -> {
                Stage first = stages.get(0);
                shape.ifPresent(axes -> checkInputs(first, axes));
                shape.or(() -> hasColumns ? Optional.empty() : first.size().map(List::of))
                        .ifPresent(axes -> add(new Input(axes, scale), stages.subList(1, stages.size()), network));
            });
        } else if (layers.isPresent()) {
            spec.require("input");
            input.filter(section -> !hasColumns && !section.isMeant("columns"))
                    .ifPresent(section -> section.require("shape"));
            spec.require("loss");
            loss.ifPresent(network::loss);
            longForm.ifPresent(stages -> {
                loss.ifPresent(value -> checkLoss(value, stages));
                shape.ifPresent(axes -> add(new Input(axes, scale), stages, network));
            });
        } else if (!spec.isMeant("layer_dims") && !spec.isMeant("layers")) {
            spec.missing("expected layer_dims or layers");
        }
        return new Task(
                layers.isEmpty() && dims.isPresent() ? Optional.of(SHORT_FORM_LOSS) : loss,
                (layers.isPresent() ? longForm : shortForm)
                        .flatMap(stages -> stages.get(stages.size() - 1).size()),
                longForm.map(stages -> stages.get(0).l1()).orElse(OptionalDouble.empty()),
                any(longForm, Stage::hasBatchNorm),
                any(longForm, stage -> stage.dropout().orElse(0.0) > 0),
                any(longForm, stage -> stage.l1().orElse(0) > 0),
                hasColumns,
                columns);
    }

    private static boolean any(Optional<List<Stage>> stages, Predicate<Stage> is) {
        return stages.orElse(List.of()).stream().anyMatch(is);
    }

    private Optional<List<Stage>> layerDims(Value value) {
        return value.list(2, "2 entries, the input and each layer", Integer.MAX_VALUE)
                .map(nodes -> {
                    List<Stage> stages = new ArrayList<>();
                    for (int i = 0; i < nodes.size(); i++) {
                        Value size = i == 0
                                ? new Value(errors, "", "inputs", nodes.get(0))
                                : new Value(errors, layer(i), "units", nodes.get(i));
                        Activation activation = i < nodes.size() - 1 ? Activation.RELU : Activation.SIGMOID;
                        stages.add(new Stage(Optional.of(size), size.size(), Optional.of(activation)));
                    }
                    return stages;
                });
    }

    private Optional<List<Stage>> layers(Value value) {
        return value.list(1, "1 layer", Integer.MAX_VALUE).map(nodes -> {
            List<Stage> stages = new ArrayList<>();
            for (int i = 1; i <= nodes.size(); i++) {
                boolean hidden = i < nodes.size();
                stages.add(new Value(errors, layer(i), "layer", nodes.get(i - 1))
                        .section(layer(i), SpecKeys.LAYER)
                        .map(section -> stage(section, hidden))
                        .orElseGet(() -> new Stage(Optional.empty(), Optional.empty(), Optional.empty())));
            }
            return stages;
        });
    }

    private Stage stage(Section layer, boolean hidden) {
        Optional<Value> units = layer.require("units");
        Optional<Activation> activation = layer.require("activation").flatMap(value -> activation(value, hidden));
        return new Stage(
                units,
                units.flatMap(value -> value.size().flatMap(size -> enough(value, size, activation))),
                activation,
                layer.get("normalization").flatMap(value -> normalization(value, hidden)),
                layer.get("initializer").flatMap(value -> KindReader.read(value, Initializer.Kind.all(), precision)),
                layer.get("dropout").flatMap(value -> dropout(value, hidden)),
                penalty(layer, "l1"),
                penalty(layer, "l2"));
    }

    private Optional<Normalization> normalization(Value value, boolean hidden) {
        Optional<Normalization> normalization = KindReader.read(value, Normalization.all(), precision);
        return !hidden && normalization.isPresent()
                ? value.fail("normalization is for layers before the output only")
                : normalization;
    }

    private static Optional<Double> dropout(Value value, boolean hidden) {
        Optional<Double> rate = value.number(Dropout::accepts, Dropout.RULE);
        return !hidden && rate.isPresent() && rate.get() > 0
                ? value.fail("dropout is for layers before the output only")
                : rate;
    }

    private OptionalDouble penalty(Section layer, String key) {
        return layer.get(key)
                .flatMap(value -> TrainingReader.penalty(value, precision))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /** The units of a layer, if its activation says something with so few. */
    private static Optional<Integer> enough(Value units, int size, Optional<Activation> activation) {
        return size == 1 && activation.isPresent() && !activation.get().elementwise()
                ? units.fail("units must be at least 2 with " + activation.get().keyword()
                        + ", whose output is always 1 with one")
                : Optional.of(size);
    }

    private Optional<Activation> activation(Value value, boolean hidden) {
        Optional<Activation> activation = KindReader.read(value, Activation.all(), precision);
        return hidden && activation.isPresent() && !activation.get().elementwise()
                ? value.fail(activation.get().keyword() + " is for the output layer only")
                : activation;
    }

    /** Inputs of columns are flat. */
    private static List<Integer> features(List<Column> columns) {
        return List.of(columns.stream().mapToInt(Column::features).sum());
    }

    private Optional<List<Integer>> shape(Value value) {
        return value.list(1, "1 axis", MOST_AXES).flatMap(nodes -> {
            List<Integer> axes = new ArrayList<>();
            for (int i = 1; i <= nodes.size(); i++) {
                new Value(errors, "input: axis " + i + ": ", "size", nodes.get(i - 1))
                        .size()
                        .ifPresent(axes::add);
            }
            return axes.size() == nodes.size() && fits(value, axes) ? Optional.of(axes) : Optional.empty();
        });
    }

    private static boolean fits(Value shape, List<Integer> axes) {
        long elements = 1;
        for (int axis : axes) {
            elements *= axis;
            if (elements > Integer.MAX_VALUE) {
                shape.fail("shape must have at most " + Integer.MAX_VALUE + " elements");
                return false;
            }
        }
        return true;
    }

    /** The short form may name its loss and set it, but have no other. */
    private void checkShortFormLoss(Loss loss) {
        if (!loss.keyword().equals(SHORT_FORM_LOSS.keyword())) {
            spec.get("loss")
                    .orElseThrow()
                    .fail("layer_dims has loss " + SHORT_FORM_LOSS.keyword() + " only, any other needs layers");
        }
    }

    private void checkLoss(Loss loss, List<Stage> stages) {
        Optional<Activation> output = stages.get(stages.size() - 1).activation();
        if (output.isPresent() && !loss.accepts(output.get())) {
            errors.add(
                    spec.get("loss").orElseThrow().node().position(),
                    "loss " + loss.keyword() + " needs output activation "
                            + loss.outputRule() + ": activation="
                            + output.get().keyword());
        }
    }

    private void checkInputs(Stage first, List<Integer> shape) {
        int elements = new Input(shape, Scale.ONE).size();
        if (first.size().isPresent() && first.size().get() != elements) {
            first.at()
                    .orElseThrow()
                    .fail("inputs must be the " + elements
                            + (hasColumns ? " inputs of the columns" : " elements of the input shape"));
        }
    }

    private void add(Input whole, List<Stage> layers, Network.Builder network) {
        network.input(whole);
        for (Stage layer : layers) {
            if (layer.size().isEmpty() || layer.activation().isEmpty()) {
                return;
            }
            try {
                layer.addTo(network);
            } catch (IllegalArgumentException e) {
                // more parameters than an array can hold: the one rule about a layer that only the network knows
                errors.add(layer.at().orElseThrow().node().position(), e.getMessage());
                return;
            }
        }
    }

    private static String layer(int number) {
        return "layer " + number + ": ";
    }
}
