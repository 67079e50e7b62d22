package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Candidates;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.Thresholds;
import io.github.layerc.schedule.WeightLayout;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schedules change speed, never results: awkward sizes in every layout, with tiles and blocks drawn from all that the tuner may try. Each case
 * takes another one for every kernel, so that over the cases all of them have their turn.
 */
@Tag("long")
class ScheduleSweepTest {
    /** Half as many again in .ci/run. */
    private static final int TURNS = Boolean.getBoolean("layerc.whole") ? 3 : 2;

    private static final int[] COUNTS = {1, 3, 17, 37};

    record Case(Network network, Tuning tuning) {
        @Override
        public String toString() {
            return network.layerDims() + " " + tuning.target().keyword() + " "
                    + network.precision().keyword() + " "
                    + tuning.storage().layout() + " " + tuning.storage().weights() + " " + tuning.kernels();
        }
    }

    private static List<Network> networks() {
        return List.of(
                network(Precision.FLOAT, Activation.TANH, 131, 31, 13, 1),
                network(Precision.DOUBLE, Activation.RELU, 300, 17, 70, 3),
                network(Precision.DOUBLE, Activation.SIGMOID, 64, 100, 7),
                network(Precision.FLOAT, Activation.IDENTITY, 7, 4, 33, 16));
    }

    private static Network network(Precision precision, Activation hidden, int... dims) {
        Network.Builder builder =
                Network.builder("", "Net").input(Input.flat(dims[0])).precision(precision);
        for (int i = 1; i < dims.length; i++) {
            builder.layer(dims[i], i == dims.length - 1 ? Activation.SIGMOID : hidden);
        }
        return builder.build();
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Network network : networks()) {
            for (Target target : Target.values()) {
                Machine machine = cases.size() % 2 == 0 ? Machine.AVX512 : Machine.GENERIC;
                Candidates candidates = new Candidates(target, network.precision(), machine);
                for (Storage storage : candidates.storages(network)) {
                    int turns = target == Target.SCALAR ? 2 * TURNS : TURNS;
                    for (int turn = 0; turn < turns; turn++) {
                        cases.add(new Case(network, tuning(network, target, storage, candidates, cases.size())));
                    }
                }
            }
        }
        return cases.stream();
    }

    private static Tuning tuning(Network network, Target target, Storage storage, Candidates candidates, int number) {
        SortedMap<String, Tuning.Choice> kernels = new TreeMap<>();
        for (Map.Entry<String, Product> each :
                Products.of(network, storage.layout()).entrySet()) {
            List<Schedule> all = all(each.getValue(), target, storage, candidates);
            // 7 has no factor in common with most lengths, and neighbours in a case are not neighbours in their lists
            kernels.put(each.getKey(), new Tuning.Choice(all.get((7 * number + 3 * kernels.size()) % all.size()), 1));
        }
        return new Tuning(target, network.precision(), new Tuning.Origin("any", "17", 1, 1), storage, kernels)
                .withThresholds(thresholds(candidates, number));
    }

    /** One that the tuner may try, by turns. */
    private static Thresholds thresholds(Candidates candidates, int number) {
        List<Thresholds> all = Thresholds.USUAL.byName().keySet().stream()
                .flatMap(name -> candidates.thresholds(Thresholds.USUAL, name).stream())
                .toList();
        return all.get(number % all.size());
    }

    /** What the tuner may try, and blocks so small that these sizes have several. */
    private static List<Schedule> all(Product product, Target target, Storage storage, Candidates candidates) {
        List<Schedule> all = new ArrayList<>(candidates.tiles(product, storage));
        for (Schedule schedule : List.copyOf(all)) {
            all.addAll(candidates.blocks(product, storage, schedule).stream()
                    .limit(3)
                    .toList());
            boolean takesBlocks =
                    product.kind() == Product.Kind.FORWARD && product.matrix().columns() > 64;
            if (takesBlocks && schedule instanceof Schedule.Tile tile && tile.kc() == 0) {
                boolean partials = tile.lanes() == Lanes.REDUCTION && product.layer() == 1;
                if (partials) {
                    all.add(tile.withBlocks(64, 5));
                } else if (target == Target.SCALAR || storage.layout() == Layout.UNIT_MAJOR) {
                    all.add(tile.withBlocks(64, 0));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheInterpreter(Case each) {
        Options options = Options.DEFAULT.withTuned(new TunedSchedules(List.of(each.tuning())));
        Generated generated = new Generated(Compiler.compile(each.network(), "test.yaml", options));
        for (int count : COUNTS) {
            GeneratedAgainstInterpreterTest.check(
                    each.network(), count, generated, each.tuning().target());
        }
    }

    @Test
    void aTuningReplacesSingleKernelsAndIsNamed() {
        Network network = network(Precision.FLOAT, Activation.RELU, 300, 20, 1);
        Storage storage = new Storage(Layout.UNIT_MAJOR, Collections.nCopies(2, WeightLayout.UNIT_ROWS));
        Tuning.Origin origin = new Tuning.Origin("a machine", "25.0.3", 16, 209);
        Tuning tuning = new Tuning(Target.VECTOR, Precision.FLOAT, origin, storage, new TreeMap<>())
                .with("forward1", new Tuning.Choice(Schedule.tile(Lanes.REDUCTION, 2, 5, 0), 0.9));
        Compilation tuned = compile(network, tuning);
        Compilation plain = Compiler.compile(network, "test.yaml", Options.DEFAULT);
        assertThat(plain.methodBytes()).doesNotContainKey("NetVector.forward1Tile2x5");
        assertThat(tuned.methodBytes()).containsKey("NetVector.forward1Tile2x5");
        assertThat(tuned.files().get(2).text())
                .contains("Schedules measured for 209 samples with Java 25.0.3 on a machine.");
        assertThat(tuned.files().get(1)).isEqualTo(plain.files().get(1));
        // of the other precision, so not for this class
        assertThat(compile(network.withPrecision(Precision.DOUBLE), tuning).methodBytes())
                .doesNotContainKey("NetVector.forward1Tile2x5");
    }

    @Test
    void thresholdsOfATuningDecide() {
        Network network = network(Precision.FLOAT, Activation.RELU, 30, 20, 5);
        Storage storage = new Candidates(Target.VECTOR, Precision.FLOAT, Machine.GENERIC)
                .storages(network)
                .get(0);
        Tuning tuning = new Tuning(
                Target.VECTOR, Precision.FLOAT, new Tuning.Origin("any", "17", 1, 1), storage, new TreeMap<>());
        Tuning other = tuning.withThresholds(Thresholds.USUAL.with("wholeLayer", 1));
        assertThat(compile(network, other).methodBytes().keySet())
                .isNotEqualTo(compile(network, tuning).methodBytes().keySet());
    }

    @Test
    void refusesWhatCannotBeEmitted() {
        Network network = network(Precision.FLOAT, Activation.RELU, 300, 20, 1);
        Storage storage = new Storage(Layout.UNIT_MAJOR, Collections.nCopies(2, WeightLayout.UNIT_ROWS));
        Tuning tuning = new Tuning(
                Target.VECTOR, Precision.FLOAT, new Tuning.Origin("any", "17", 1, 1), storage, new TreeMap<>());
        Tuning wrong = tuning.with("forward1", new Tuning.Choice(Schedule.tile(Lanes.COLUMNS, 2, 2, 0), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(network, wrong))
                .withMessage("forward1: expected form=tile lanes=reduction: form=tile, lanes=columns, few=0");
        Storage short1 = new Storage(Layout.UNIT_MAJOR, List.of(WeightLayout.UNIT_ROWS));
        Tuning other = new Tuning(Target.VECTOR, Precision.FLOAT, tuning.origin(), short1, new TreeMap<>());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compile(network, other))
                .withMessage("storage: expected one layout for each of 2 layers: weights=1");
    }

    private static Compilation compile(Network network, Tuning tuning) {
        return Compiler.compile(network, "test.yaml", Options.DEFAULT.withTuned(new TunedSchedules(List.of(tuning))));
    }
}
