package io.github.layerc.network;

import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Setting;
import io.github.layerc.network.random.NumpyRandom;
import io.github.layerc.network.random.OrthogonalMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * How the weights start; biases start at 0, and what {@link Normalization} adds as it says there. All weights come from one generator, NumPy's {@code RandomState(seed)}: layer after layer, each
 * matrix row-major {@code [units][fan-in]}. A kind that draws nothing takes nothing from it. {@code randn} makes two deviates at a time; the second of a
 * pair waits for the next one that is asked for, in whichever layer.
 *
 * @param kind of the layers that have none of their own, see {@link Layer#initializer()}
 * @param seed from 0 to 2^32 - 1, as NumPy accepts it
 */
public record Initializer(Kind kind, long seed) {

    /**
     * The distribution of the weights of a layer. {@code n} is its fan-in, {@code m} its units. Nothing is truncated: the normal ones of PyTorch are the same, those of
     * Keras are drawn again beyond two deviations.
     *
     * <p>To add one: a constant and, where it takes a number, a method here, its name in {@link #all()}, and its words in the schema.
     */
    public static final class Kind extends io.github.layerc.network.kind.Kind<Kind> {
        /** {@code randn / sqrt(n)}. */
        public static final Kind SCALED_NORMAL =
                new Kind(Definition.of("scaled_normal"), (random, layer, parameters) -> {
                    double root = Math.sqrt(layer.fanIn());
                    fill(layer, parameters, () -> random.nextGaussian() / root);
                });

        /** {@link #normal} with scale 0.01. */
        public static final Kind NORMAL = normal(0.01);

        /** {@code randn * sqrt(2 / n)} (He, Zhang, Ren and Sun 2015), for relu and its like. */
        public static final Kind HE_NORMAL = normal("he_normal", layer -> Math.sqrt(2.0 / layer.fanIn()));

        /** Uniform up to {@code sqrt(6 / n)}: the same variance, {@code 2 / n}. */
        public static final Kind HE_UNIFORM = uniform("he_uniform", layer -> Math.sqrt(6.0 / layer.fanIn()));

        /** {@code randn * sqrt(2 / (n + m))} (Glorot and Bengio 2010), for tanh and its like. */
        public static final Kind GLOROT_NORMAL = normal("glorot_normal", layer -> Math.sqrt(2.0 / fans(layer)));

        /** Uniform up to {@code sqrt(6 / (n + m))}: the same variance, {@code 2 / (n + m)}. */
        public static final Kind GLOROT_UNIFORM = uniform("glorot_uniform", layer -> Math.sqrt(6.0 / fans(layer)));

        /** {@code randn * sqrt(1 / n)} (LeCun, Bottou, Orr and Mueller 1998), for selu and its like; {@link #SCALED_NORMAL} but for rounding. */
        public static final Kind LECUN_NORMAL = normal("lecun_normal", layer -> Math.sqrt(1.0 / layer.fanIn()));

        /** Uniform up to {@code sqrt(3 / n)}: the same variance, {@code 1 / n}. */
        public static final Kind LECUN_UNIFORM = uniform("lecun_uniform", layer -> Math.sqrt(3.0 / layer.fanIn()));

        /** {@link #orthogonal} with gain 1. */
        public static final Kind ORTHOGONAL = orthogonal(1);

        /** All 0. The units of such a hidden layer stay equal to each other: a training cannot tell them apart. */
        public static final Kind ZEROS = constant(Definition.of("zeros"), 0);

        /** {@link #constant} with value 0. */
        public static final Kind CONSTANT = constant(0);

        private final Rule rule;

        /** Writes the weights of a layer to their place in all parameters. */
        @FunctionalInterface
        private interface Rule {
            void draw(NumpyRandom random, Layer layer, double[] parameters);
        }

        private Kind(Definition<Kind> definition, Rule rule) {
            super(definition);
            this.rule = rule;
        }

        /**
         * {@code randn * scale}.
         *
         * @param scale positive and finite
         */
        public static Kind normal(double scale) {
            Definition<Kind> definition =
                    Definition.of("normal", values -> normal(values.get(0)), positive("scale", scale));
            return new Kind(
                    definition,
                    (random, layer, parameters) -> fill(layer, parameters, () -> random.nextGaussian() * scale));
        }

        /**
         * A matrix whose columns, or rows where these are fewer, are orthogonal and as long as {@code gain} (Saxe, McClelland and Ganguli 2014). With {@code A =
         * randn[m][n]} it is {@code gain * Q} of {@code A = Q R} where {@code m >= n}, else {@code gain * Q^T} of {@code A^T = Q R}, with no negative number on the diagonal of {@code R}, which
         * makes {@code Q} unique: as in PyTorch.
         *
         * @param gain positive and finite
         */
        public static Kind orthogonal(double gain) {
            Definition<Kind> definition =
                    Definition.of("orthogonal", values -> orthogonal(values.get(0)), positive("gain", gain));
            return new Kind(definition, (random, layer, parameters) -> {
                fill(layer, parameters, random::nextGaussian);
                OrthogonalMatrix.make(parameters, layer.weightsAt(), layer.units(), layer.fanIn(), gain);
            });
        }

        /**
         * All the same. The units of such a hidden layer stay equal to each other: a training cannot tell them apart.
         *
         * @param value finite
         */
        public static Kind constant(double value) {
            Setting setting = new Setting("value", value, Double::isFinite, "must be finite");
            return constant(Definition.of("constant", values -> constant(values.get(0)), setting), value);
        }

        private static Kind constant(Definition<Kind> definition, double value) {
            return new Kind(definition, (random, layer, parameters) -> fill(layer, parameters, () -> value));
        }

        private static Setting positive(String name, double value) {
            return new Setting(name, value, each -> each > 0 && Double.isFinite(each), "must be positive and finite");
        }

        private static Kind normal(String keyword, ToDoubleFunction<Layer> deviation) {
            return new Kind(Definition.of(keyword), (random, layer, parameters) -> {
                double factor = deviation.applyAsDouble(layer);
                fill(layer, parameters, () -> random.nextGaussian() * factor);
            });
        }

        /** {@code RandomState.uniform(-bound, bound)}, below the upper bound. */
        private static Kind uniform(String keyword, ToDoubleFunction<Layer> bound) {
            return new Kind(Definition.of(keyword), (random, layer, parameters) -> {
                double most = bound.applyAsDouble(layer);
                double range = most - -most;
                fill(layer, parameters, () -> -most + range * random.nextDouble());
            });
        }

        private static double fans(Layer layer) {
            return (double) layer.fanIn() + layer.units();
        }

        private static void fill(Layer layer, double[] parameters, DoubleSupplier weight) {
            for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                parameters[i] = weight.getAsDouble();
            }
        }

        /** All that there are, with their usual settings. */
        public static List<Kind> all() {
            return List.of(
                    SCALED_NORMAL,
                    NORMAL,
                    HE_NORMAL,
                    HE_UNIFORM,
                    GLOROT_NORMAL,
                    GLOROT_UNIFORM,
                    LECUN_NORMAL,
                    LECUN_UNIFORM,
                    ORTHOGONAL,
                    ZEROS,
                    CONSTANT);
        }
    }

    public Initializer {
        if (seed < 0 || seed > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("seed must be from 0 to 4294967295: seed=" + seed);
        }
    }

    /**
     * Of a kind that takes one number, such as {@link Kind#NORMAL}, the one with this number.
     *
     * @param number without effect for a kind that takes none
     */
    public Initializer(Kind kind, double number, long seed) {
        this(kind.settings().isEmpty() ? kind : kind.with(List.of(number)), seed);
    }

    public static Initializer scaledNormal(long seed) {
        return new Initializer(Kind.SCALED_NORMAL, seed);
    }

    public static Initializer normal(double scale, long seed) {
        return new Initializer(Kind.normal(scale), seed);
    }

    /** The first parameters of a network in the canonical layout ({@code W1, b1, W2, b2, ...}), in double. */
    public double[] draw(Network network) {
        double[] parameters = new double[network.parameterCount()];
        NumpyRandom random = new NumpyRandom(seed);
        for (Layer layer : network.layers()) {
            layer.initializer().orElse(kind).rule.draw(random, layer, parameters);
            for (Layer.Parameters each : layer.parameters().subList(1, 1 + layer.vectorCount())) {
                Arrays.fill(parameters, each.at(), each.end(), each.start());
            }
        }
        return parameters;
    }
}
