package io.github.layerc.compiler;

import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.schedule.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network drawn from all that a spec can say, with samples, and how it is compiled and run.
 *
 * @param units of the layers
 * @param activations of the layers
 * @param machine name of the machine that it is compiled for
 * @param shareAll whether every call is shared out among the threads, however small
 * @param samplesInLanes whether vectors hold samples, which the heuristic takes for large networks only
 * @param count number of samples
 * @param capacity samples that the workspace holds
 * @param seed of samples and parameters
 */
record RandomNetwork(
        int inputs,
        List<Integer> units,
        List<Activation> activations,
        Loss loss,
        Precision precision,
        Optimizer optimizer,
        double l1,
        double l2,
        String machine,
        int threads,
        boolean shareAll,
        boolean samplesInLanes,
        int count,
        int capacity,
        long seed) {

    private static final int MOST_LAYERS = 200;
    private static final int MOST_UNITS = 300;
    private static final int MOST_SAMPLES = 700;

    /** Parameters of a network, and multiply-adds of a forward pass over all samples: a test takes some hundred times as many operations. */
    private static final int MOST_PARAMETERS = 60_000;

    private static final int MOST_WORK = 1_500_000;

    private static final List<String> MACHINES =
            Machine.named().stream().map(Machine::name).toList();

    RandomNetwork {
        units = List.copyOf(units);
        activations = List.copyOf(activations);
    }

    /** The same for the same seed. */
    static RandomNetwork draw(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        // compiling takes longest: most networks are shallow, and deep ones have few shapes of layers
        int depth = random.nextInt(4) < 3 ? 1 + random.nextInt(4) : logUniform(random, 5, MOST_LAYERS);
        int widest = (int) Math.min(MOST_UNITS, Math.sqrt((double) MOST_PARAMETERS / depth));
        int inputs = logUniform(random, 1, widest);
        int[] widths = IntStream.range(0, 1 + random.nextInt(depth > 4 ? 2 : 3))
                .map(any -> logUniform(random, 2, widest))
                .toArray();
        List<Activation> elementwise =
                Activation.all().stream().filter(Activation::elementwise).toList();
        boolean oneKind = random.nextInt(depth > 4 ? 4 : 2) > 0;
        Activation kind = pick(random, elementwise);
        List<Integer> units = new ArrayList<>();
        List<Activation> activations = new ArrayList<>();
        for (int i = 1; i < depth; i++) {
            units.add(widths[random.nextInt(widths.length)]);
            activations.add(oneKind ? kind : pick(random, elementwise));
        }
        Loss loss = pick(random, Loss.all());
        Activation output =
                pick(random, Activation.all().stream().filter(loss::accepts).toList());
        int outputs = random.nextBoolean() ? 1 + random.nextInt(4) : logUniform(random, 1, widest);
        units.add(output.elementwise() ? outputs : Math.max(2, outputs));
        activations.add(output);
        int parameters = inputs * units.get(0);
        for (int i = 1; i < depth; i++) {
            parameters += units.get(i - 1) * units.get(i);
        }
        int count = logUniform(random, 1, Math.max(1, Math.min(MOST_SAMPLES, MOST_WORK / parameters)));
        int capacity = random.nextBoolean() ? count : logUniform(random, 1, count);
        return new RandomNetwork(
                inputs,
                units,
                activations,
                loss,
                precision(random, depth),
                pick(random, ExpectedUpdate.optimizers()),
                seed % 4 == 1 ? 0.005 : 0,
                random.nextInt(3) == 0 ? 0.01 : 0,
                pick(random, MACHINES),
                1 + random.nextInt(4),
                random.nextBoolean(),
                random.nextInt(4) == 0,
                count,
                capacity,
                seed);
    }

    /** Deep networks are more often in double, where the roundings of many layers leave a bound that says much. */
    private static Precision precision(Random random, int depth) {
        Precision precision = pick(random, List.of(Precision.values()));
        return depth > 4 && random.nextBoolean() ? Precision.DOUBLE : precision;
    }

    private static int logUniform(Random random, int least, int most) {
        double value = least * Math.exp(random.nextDouble() * Math.log((most + 1.0) / least));
        return Math.max(least, Math.min(most, (int) value));
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    Network network() {
        Network.Builder builder = Network.builder("random", "Net")
                .input(new Input(List.of(inputs), seed % 2 == 0 ? Scale.ONE : new Scale(1, 255)))
                .precision(precision)
                .loss(loss)
                .training(settings())
                .threads(threads);
        for (int i = 0; i < units.size(); i++) {
            builder.layer(units.get(i), activations.get(i));
        }
        return builder.build();
    }

    /**
     * That of the spec. Its class has the direct form, too. In double only: in float the Gram form's bits are those of pre-activations that were
     * summed up, of which a bound for a direct step knows nothing.
     */
    Form form() {
        return precision == Precision.DOUBLE && seed % 3 == 0 && optimizer.linear() && l1 == 0
                ? Form.GRAM
                : Form.DIRECT;
    }

    TrainingSettings settings() {
        return TrainingSettings.DEFAULT
                .withOptimizer(optimizer)
                .withL1(l1)
                .withL2(l2)
                .withLearningRate(0.1)
                .withForm(form());
    }

    /**
     * Samples, targets and parameters. Shallow networks have usual weights. In deep ones these would make each layer's roundings larger by the
     * square root of its inputs, until a bound says nothing any more: there nearly all weights are positive and a unit's add up to what makes
     * up for the slope of its activation, so that values and derivatives neither vanish nor grow; the bias keeps most pre-activations of a relu
     * above 0.
     */
    Problem problem() {
        Network network = network();
        if (units.size() <= 4) {
            return new Problem(network, count, seed);
        }
        Random random = new Random(seed);
        double[] parameters = new double[network.parameterCount()];
        double negative = 1.0 / units.size();
        double before = 0;
        for (Layer layer : network.layers()) {
            Activation activation = layer.activation();
            double gain = activation.elementwise() ? 1 / activation.steepest() : 1;
            for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                double weight = gain / layer.fanIn() * (0.5 + random.nextDouble());
                parameters[i] = random.nextDouble() < negative ? -weight : weight;
            }
            double centre = activation.jumps().contains(0.0) ? 0.15 : 0;
            for (int i = layer.biasAt(); i < layer.end(); i++) {
                parameters[i] = centre + 0.2 * random.nextDouble() - 0.1 - gain * before;
            }
            before = activation.elementwise() ? FormulaTape.at(activation.value(), 0, 0, 0) : 0;
        }
        if (precision == Precision.FLOAT) {
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = (float) parameters[i];
            }
        }
        return new Problem(network, count, seed, parameters);
    }

    /** Networks that are simpler in one respect each, the greatest steps first. */
    List<RandomNetwork> simpler() {
        List<RandomNetwork> simpler = new ArrayList<>();
        int depth = units.size();
        for (int keep = 1; keep < depth - 1; keep = keep * 2) {
            simpler.add(
                    withLayers(IntStream.range(depth - 1 - keep, depth).boxed().toList()));
        }
        for (int drop = 0; drop < Math.min(depth - 1, 20); drop++) {
            int dropped = drop;
            simpler.add(withLayers(
                    IntStream.range(0, depth).filter(i -> i != dropped).boxed().toList()));
        }
        for (int smaller : List.of(count / 2, count - 1)) {
            if (smaller >= 1) {
                simpler.add(with(
                        inputs,
                        units,
                        activations,
                        threads,
                        shareAll,
                        samplesInLanes,
                        smaller,
                        Math.min(capacity, smaller)));
            }
        }
        if (capacity < count) {
            simpler.add(with(inputs, units, activations, threads, shareAll, samplesInLanes, count, count));
        }
        if (threads > 1) {
            simpler.add(with(inputs, units, activations, threads - 1, shareAll, samplesInLanes, count, capacity));
        }
        if (samplesInLanes) {
            simpler.add(with(inputs, units, activations, threads, shareAll, false, count, capacity));
        }
        for (int smaller : List.of(inputs / 2, inputs - 1)) {
            if (smaller >= 1) {
                simpler.add(with(smaller, units, activations, threads, shareAll, samplesInLanes, count, capacity));
            }
        }
        for (int i = 0; i < Math.min(depth, 20); i++) {
            int least = i == depth - 1 && !activations.get(i).elementwise() ? 2 : 1;
            for (int smaller : List.of(units.get(i) / 2, units.get(i) - 1)) {
                if (smaller >= least) {
                    List<Integer> fewer = new ArrayList<>(units);
                    fewer.set(i, smaller);
                    simpler.add(with(inputs, fewer, activations, threads, shareAll, samplesInLanes, count, capacity));
                }
            }
            if (i < depth - 1 && !activations.get(i).equals(Activation.IDENTITY)) {
                List<Activation> plain = new ArrayList<>(activations);
                plain.set(i, Activation.IDENTITY);
                simpler.add(with(inputs, units, plain, threads, shareAll, samplesInLanes, count, capacity));
            }
        }
        return simpler;
    }

    private RandomNetwork withLayers(List<Integer> kept) {
        return with(
                inputs,
                kept.stream().map(units::get).toList(),
                kept.stream().map(activations::get).toList(),
                threads,
                shareAll,
                samplesInLanes,
                count,
                capacity);
    }

    private RandomNetwork with(
            int otherInputs,
            List<Integer> otherUnits,
            List<Activation> otherActivations,
            int otherThreads,
            boolean otherShareAll,
            boolean otherSamplesInLanes,
            int otherCount,
            int otherCapacity) {
        return new RandomNetwork(
                otherInputs,
                otherUnits,
                otherActivations,
                loss,
                precision,
                optimizer,
                l1,
                l2,
                machine,
                otherThreads,
                otherShareAll,
                otherSamplesInLanes,
                otherCount,
                otherCapacity,
                seed);
    }

    /** The spec, and in its comments what no spec says. */
    @Override
    public String toString() {
        String layers = IntStream.range(0, units.size())
                .mapToObj(i -> "  - {units: " + units.get(i) + ", activation: "
                        + activations.get(i).keyword() + "}\n")
                .collect(Collectors.joining());
        return "# seed " + seed + ", -Dlayerc.machine=" + machine + (shareAll ? ", -Dlayerc.flopsPerThread=1" : "")
                + ", " + count + " samples, a workspace for " + capacity
                + (samplesInLanes ? ", samples in the lanes (layout unit_major)" : "") + "\n"
                + "network: Net\npackage: random\ninput: {shape: [" + inputs + "], scale: "
                + (seed % 2 == 0 ? "1" : "1/255") + "}\nlayers:\n" + layers + "loss: " + loss.keyword()
                + "\ntraining: {optimizer: " + optimizer.keyword() + ", l1: " + l1 + ", l2: " + l2 + ", form: "
                + form().keyword()
                + "}\nprecision: "
                + precision.keyword() + "\nthreads: " + threads + "\n";
    }
}
