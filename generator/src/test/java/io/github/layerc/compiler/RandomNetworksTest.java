package io.github.layerc.compiler;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.layerc.check.Bounds;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.schedule.Layout;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.WeightLayout;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Networks drawn at random: both targets and the interpreter agree with the textbook in all they compute. {@code -Dlayerc.random.networks=N} draws
 * N of them, more unless said with {@code -Dlayerc.whole=true}, as in .ci/run; {@code -Dlayerc.random.seed=S} starts with the seed S; each network has a seed of its own, S, S + 1, ... A failure is shown as the
 * simplest spec that still fails.
 */
class RandomNetworksTest {
    private static final int NETWORKS =
            Integer.getInteger("layerc.random.networks", Boolean.getBoolean("layerc.whole") ? 80 : 15);
    private static final long SEED = Long.getLong("layerc.random.seed", 1);

    private static final String FLOPS_PER_THREAD = "layerc.flopsPerThread";

    /** Pre-activations of the Gram form are sums of products of samples instead of weights: more terms than a direct step has. */
    private static final double GRAM_SLACK = 16;

    /** Simpler networks that are tried for a failure. */
    private static final int MOST_ATTEMPTS = 400;

    @Test
    void agree() {
        for (long seed = SEED; seed < SEED + NETWORKS; seed++) {
            RandomNetwork drawn = RandomNetwork.draw(seed);
            Optional<Throwable> failure = failure(drawn);
            if (failure.isPresent()) {
                RandomNetwork simplest = simplest(drawn);
                fail("-Dlayerc.random.seed=" + seed + " -Dlayerc.random.networks=1: "
                        + failure.get() + "\nsimplest network that fails: "
                        + failure(simplest).map(Throwable::toString).orElse("none, when it was tried again") + "\n"
                        + simplest);
            }
        }
    }

    private static RandomNetwork simplest(RandomNetwork failing) {
        RandomNetwork simplest = failing;
        int attempts = 0;
        boolean found = true;
        while (found && attempts < MOST_ATTEMPTS) {
            found = false;
            for (RandomNetwork simpler : simplest.simpler()) {
                attempts++;
                if (failure(simpler).isPresent()) {
                    simplest = simpler;
                    found = true;
                    break;
                }
            }
        }
        return simplest;
    }

    private static Optional<Throwable> failure(RandomNetwork drawn) {
        try {
            if (drawn.shareAll()) {
                System.setProperty(FLOPS_PER_THREAD, "1");
            }
            check(drawn);
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            return Optional.of(e);
        } finally {
            System.clearProperty(FLOPS_PER_THREAD);
        }
    }

    private static void check(RandomNetwork drawn) {
        Network network = drawn.network();
        int count = drawn.count();
        Problem problem = drawn.problem();
        Bounds bounds = new Bounds(network, problem.parameters(), problem.dataset());
        EngineCheck.check("interpreter", problem, bounds, Interpreter.create(network, drawn.capacity()));
        Options options = Options.DEFAULT.withMachine(Machine.of(drawn.machine()));
        Generated generated = new Generated(Compiler.compile(
                network, "net.yaml", drawn.samplesInLanes() ? samplesInLanes(options, network) : options));
        int[] counts = new Random(drawn.seed()).ints(4, 1, count + 1).toArray();
        for (Target target : Target.values()) {
            String name = target.keyword();
            EngineCheck.check(name, problem, bounds, generated.create(drawn.capacity(), target));
            EngineCheck.checkOutputs(name, problem, bounds, generated.create(count, target), counts);
            for (Form form : EnumSet.of(Form.DIRECT, drawn.form())) {
                EngineCheck.checkTraining(
                        name + ", " + form.keyword() + " form",
                        problem,
                        generated.create(drawn.capacity(), target),
                        drawn.settings().withForm(form),
                        3,
                        form == Form.GRAM ? GRAM_SLACK : 1);
            }
        }
    }

    private static Options samplesInLanes(Options options, Network network) {
        Storage storage = new Storage(
                Layout.UNIT_MAJOR, Collections.nCopies(network.layers().size(), WeightLayout.UNIT_ROWS));
        Tuning.Origin origin = new Tuning.Origin("any", "17", 1, 1);
        return options.withTuned(new TunedSchedules(
                List.of(new Tuning(Target.VECTOR, network.precision(), origin, storage, new TreeMap<>()))));
    }
}
