package io.github.layerc.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/**
 * A resolved, validated, immutable description of a chain of dense layers, all shapes known. It is what the compiler lowers and what the
 * interpreter runs; it holds no parameters.
 *
 * <p>The parameters of a network are one flat array in the canonical layout {@code W1, b1, W2, b2, ...}, each {@code W} row-major
 * {@code [units][fan-in]}; behind the bias of a normalised layer stands what {@link Layer#parameters()} says.
 *
 * @param packageName package of the generated class, may be empty
 * @param name simple name of the generated class
 * @param threads that a generated class uses for a call where so many pay, the caller's among them
 */
public record Network(
        String packageName,
        String name,
        Input input,
        List<Layer> layers,
        Loss loss,
        Initializer initializer,
        TrainingSettings training,
        Precision precision,
        int threads) {

    /** More threads than this are taken for a mistake. */
    public static final int MOST_THREADS = 256;

    /** Values of the longest vector that there may be: 2048 bits of floats. */
    private static final int LONGEST_VECTOR = 64;

    private static final int ARRAY_HEADER = 16;

    /** A workspace of one sample has as many rows as the longest vector has values, and one more. */
    private static final int MOST_UNITS = (Integer.MAX_VALUE - ARRAY_HEADER) / (LONGEST_VECTOR + 1) - LONGEST_VECTOR;

    public Network {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be from 1 to " + MOST_THREADS + ": threads=" + threads);
        }
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network must have at least one layer: network=" + name);
        }
        new NetworkRules(input, layers, loss, initializer, training, precision).check();
    }

    /** The first layer that takes mean and variance over the samples of a step. */
    public Optional<Layer> batchNorm() {
        return layers.stream().filter(layer -> layer.batchNorm().isPresent()).findFirst();
    }

    /**
     * Says what does not go with batch normalisation.
     *
     * @param what takes the samples of a step apart, which their mean needs together
     * @throws IllegalArgumentException if a layer has it
     */
    public void requireNoBatchNorm(String what) {
        layers.forEach(layer -> NetworkRules.requireNoBatchNorm(layer, what));
    }

    /** @throws IllegalArgumentException if the settings have class weights, and these are not for the classes of this network */
    public void requireClasses(TrainingSettings settings) {
        NetworkRules.requireClasses(settings, loss, outputs());
    }

    public static Builder builder(String packageName, String name) {
        return new Builder(packageName, name);
    }

    /** Name of the generated class with its package. */
    public String className() {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }

    /** Number of values of one sample. */
    public int inputs() {
        return layers.get(0).fanIn();
    }

    /** Number of values that the network returns for one sample. */
    public int outputs() {
        return output().units();
    }

    public Layer output() {
        return layers.get(layers.size() - 1);
    }

    /** Length of the flat parameter array. */
    public int parameterCount() {
        return output().end();
    }

    /** Sizes of input and layers, as in {@code [12288, 20, 7, 5, 1]}. */
    public List<Integer> layerDims() {
        List<Integer> dims = new ArrayList<>();
        dims.add(inputs());
        layers.forEach(layer -> dims.add(layer.units()));
        return dims;
    }

    /** Multiply-adds, counted as two, of one prediction of one sample. */
    public long forwardFlops() {
        long flops = 0;
        for (Layer layer : layers) {
            flops += 2L * layer.weightCount();
        }
        return flops;
    }

    /**
     * Multiply-adds, counted as two, that a training step needs per sample: forward, weight gradients, and the input gradients of all layers
     * but the first.
     */
    public long trainingFlops() {
        long flops = 2 * forwardFlops();
        for (Layer layer : layers.subList(1, layers.size())) {
            flops += 2L * layer.weightCount();
        }
        return flops;
    }

    public Network withPrecision(Precision other) {
        return new Network(packageName, name, input, layers, loss, initializer, training, other, threads);
    }

    public Network withTraining(TrainingSettings other) {
        return new Network(packageName, name, input, layers, loss, initializer, other, precision, threads);
    }

    /** The most samples that the workspace of an engine can hold: the activations of a layer are one array, padded to whole vectors. */
    public int largestBatch() {
        int widest = layers.stream().mapToInt(Layer::units).max().orElseThrow();
        return (Integer.MAX_VALUE - ARRAY_HEADER) / (widest + LONGEST_VECTOR) - LONGEST_VECTOR;
    }

    /** @throws IllegalArgumentException if no workspace can hold so many samples */
    public void requireBatch(int batch) {
        if (batch < 1 || batch > largestBatch()) {
            String rule =
                    batch < 1 ? "at least 1" : "at most " + largestBatch() + ", so that a workspace fits its arrays";
            throw new IllegalArgumentException("batch must be " + rule + ": batch=" + batch);
        }
    }

    public Network withThreads(int other) {
        return new Network(packageName, name, input, layers, loss, initializer, training, precision, other);
    }

    /** Collects what a network consists of; layers in the order of the data. */
    public static final class Builder {
        private final String packageName;
        private final String name;
        private final List<Layer> layers = new ArrayList<>();
        private Input input;
        private Loss loss = Loss.BINARY_CROSS_ENTROPY;
        private Initializer initializer = Initializer.scaledNormal(1);
        private TrainingSettings training = TrainingSettings.DEFAULT;
        private Precision precision = Precision.FLOAT;
        private int threads = 1;

        private Builder(String packageName, String name) {
            this.packageName = packageName;
            this.name = name;
        }

        /** Must come before the first layer. */
        public Builder input(Input value) {
            this.input = value;
            return this;
        }

        /**
         * Adds a layer behind the ones before, whose weights start as the network's initializer says.
         *
         * @throws IllegalArgumentException if the units are below 1 or too many for a workspace of one sample, or the
         *     parameters so far exceed a Java array
         */
        public Builder layer(int units, Activation activation) {
            return layer(units, activation, Optional.empty());
        }

        /**
         * The same with an initializer of its own, which draws from the same generator as those of the other layers.
         *
         * @throws IllegalArgumentException as the other one does
         */
        public Builder layer(int units, Activation activation, Initializer.Kind own) {
            return layer(units, activation, Optional.of(own));
        }

        private Builder layer(int units, Activation activation, Optional<Initializer.Kind> own) {
            if (input == null) {
                throw new IllegalStateException("input must be set before the first layer");
            }
            int number = layers.size() + 1;
            if (units < 1) {
                throw new IllegalArgumentException("layer " + number + ": units must be at least 1: units=" + units);
            }
            Layer previous = layers.isEmpty() ? null : layers.get(layers.size() - 1);
            int fanIn = previous == null ? input.size() : previous.units();
            long weightsAt = previous == null ? 0 : previous.end();
            long biasAt = weightsAt + (long) units * fanIn;
            requireParameters(number, units, biasAt + units);
            if (units > MOST_UNITS) {
                throw new IllegalArgumentException("layer " + number + ": units must be at most " + MOST_UNITS
                        + ", so that a workspace fits its arrays: units=" + units);
            }
            layers.add(new Layer(
                    number,
                    units,
                    fanIn,
                    activation,
                    Optional.empty(),
                    own,
                    0,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    (int) weightsAt,
                    (int) biasAt));
            return this;
        }

        private static void requireParameters(int number, int units, long parameters) {
            if (parameters > MAX_PARAMETERS) {
                throw new IllegalArgumentException("layer " + number + ": a network can have at most " + MAX_PARAMETERS
                        + " parameters: units=" + units + ", parameters=" + parameters);
            }
        }

        /**
         * Lets training steps leave out a share of the activations of the last layer so far.
         *
         * @throws IllegalArgumentException if the rate is not from 0 to below 1
         */
        public Builder dropout(double rate) {
            return change(layer -> layer.withDropout(rate));
        }

        /**
         * Gives the last layer so far an {@code l1} of its own, see {@link Penalty}, instead of the training's.
         *
         * @throws IllegalArgumentException if it is below 0 or not finite
         */
        public Builder layerL1(double l1) {
            return change(layer -> layer.withPenalty(OptionalDouble.of(l1), layer.l2()));
        }

        /**
         * The same with {@code l2}.
         *
         * @throws IllegalArgumentException if it is below 0 or not finite
         */
        public Builder layerL2(double l2) {
            return change(layer -> layer.withPenalty(layer.l1(), OptionalDouble.of(l2)));
        }

        /**
         * Normalises the pre-activations of the last layer so far.
         *
         * @throws IllegalArgumentException if the parameters so far exceed a Java array
         */
        public Builder normalization(Normalization value) {
            return change(layer -> {
                Layer normalized = layer.withNormalization(value);
                requireParameters(
                        layer.number(),
                        layer.units(),
                        (long) layer.biasAt() + (long) normalized.vectorCount() * layer.units());
                return normalized;
            });
        }

        private Builder change(UnaryOperator<Layer> how) {
            if (layers.isEmpty()) {
                throw new IllegalStateException("a layer must be there before what is said of it");
            }
            layers.set(layers.size() - 1, how.apply(layers.get(layers.size() - 1)));
            return this;
        }

        public Builder loss(Loss value) {
            this.loss = value;
            return this;
        }

        public Builder initializer(Initializer value) {
            this.initializer = value;
            return this;
        }

        public Builder training(TrainingSettings value) {
            this.training = value;
            return this;
        }

        public Builder precision(Precision value) {
            this.precision = value;
            return this;
        }

        public Builder threads(int value) {
            this.threads = value;
            return this;
        }

        /**
         * The network.
         *
         * @throws IllegalArgumentException if layers, activations and loss do not go together
         */
        public Network build() {
            return new Network(packageName, name, input, layers, loss, initializer, training, precision, threads);
        }

        /** A few words below 2^31, since some JVMs reserve them in an array. */
        private static final int MAX_PARAMETERS = Integer.MAX_VALUE - 16;
    }
}
