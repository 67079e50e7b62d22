package io.github.layerc.network;

import java.util.Locale;

/**
 * How the weights start; biases start at 0. All weights are drawn in one sequence, layer after layer, row-major, from the standard normal
 * deviates of NumPy's {@code RandomState(seed).randn}.
 *
 * @param scale factor of {@link Kind#NORMAL}; 1 and without effect for {@link Kind#SCALED_NORMAL}
 * @param seed from 0 to 2^32 - 1, as NumPy accepts it
 */
public record Initializer(Kind kind, double scale, long seed) {

    /** The distribution of the weights. */
    public enum Kind {
        /** {@code randn / sqrt(fan-in)}. */
        SCALED_NORMAL,
        /** {@code randn * scale}. */
        NORMAL;

        /** The word in the spec. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Initializer {
        if (seed < 0 || seed > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("seed must be from 0 to 4294967295: seed=" + seed);
        }
        if (!Double.isFinite(scale) || scale <= 0) {
            throw new IllegalArgumentException("scale must be positive and finite: scale=" + scale);
        }
    }

    /** @throws IllegalArgumentException if the scale is not positive and finite any more once it is rounded to this precision */
    public void requireFits(Precision precision) {
        double rounded = precision.rounded(scale);
        if (!Double.isFinite(rounded) || rounded <= 0) {
            throw new IllegalArgumentException(
                    "initializer scale must be positive and finite in " + precision.keyword() + ": scale=" + scale);
        }
    }

    public static Initializer scaledNormal(long seed) {
        return new Initializer(Kind.SCALED_NORMAL, 1, seed);
    }

    public static Initializer normal(double scale, long seed) {
        return new Initializer(Kind.NORMAL, scale, seed);
    }

    /** The first parameters of a network in the canonical layout ({@code W1, b1, W2, b2, ...}), in double. */
    public double[] draw(Network network) {
        double[] parameters = new double[network.parameterCount()];
        NumpyRandom random = new NumpyRandom(seed);
        for (Layer layer : network.layers()) {
            double root = Math.sqrt(layer.fanIn());
            for (int i = layer.weightsAt(); i < layer.biasAt(); i++) {
                double deviate = random.nextGaussian();
                parameters[i] = kind == Kind.NORMAL ? deviate * scale : deviate / root;
            }
        }
        return parameters;
    }
}
