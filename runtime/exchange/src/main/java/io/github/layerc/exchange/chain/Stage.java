package io.github.layerc.exchange.chain;

import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Scale;

/**
 * One step of the way from the values of a sample to the outputs, as another tool has it. It takes as many values as the stage before has. The arrays of a stage are not copied,
 * and must not change.
 */
public sealed interface Stage {

    /** How many values there are behind it, of so many before it. */
    int width(int before);

    /** {@code y = x W^T + b}, as a layer has it. */
    final class Product implements Stage {
        private final int units;
        private final double[] weights;
        private final double[] bias;
        private final Element type;

        /**
         * @param weights row-major, {@code [units][fan-in]}; as many units as there are biases
         * @param type of the weights in the file
         */
        public Product(double[] weights, double[] bias, Element type) {
            this.units = bias.length;
            this.weights = weights;
            this.bias = bias;
            this.type = type;
        }

        @Override
        public int width(int before) {
            return units;
        }

        /** Of the weights in the file. */
        public Element type() {
            return type;
        }

        double[] weights() {
            return weights;
        }

        double[] bias() {
            return bias;
        }
    }

    /** {@code y = factor x + shift}, with numbers for each value. */
    final class Affine implements Stage {
        private final double[] factor;
        private final double[] shift;

        /** Both of one length. */
        public Affine(double[] factor, double[] shift) {
            this.factor = factor;
            this.shift = shift;
        }

        @Override
        public int width(int before) {
            return before;
        }

        double[] factor() {
            return factor;
        }

        double[] shift() {
            return shift;
        }
    }

    /** {@code y = x * numerator / denominator}, of the values of a sample. */
    record Scaled(Scale scale) implements Stage {
        @Override
        public int width(int before) {
            return before;
        }
    }

    /** {@code y = f(x)}. */
    record Curve(Activation activation) implements Stage {
        @Override
        public int width(int before) {
            return before;
        }
    }

    /** {@code y = gamma (x - mean) / sqrt(variance + epsilon) + beta}, mean and variance of a sample over its values. */
    final class LayerNorm implements Stage {
        private final double[] gamma;
        private final double[] beta;
        private final double epsilon;

        /** Both of one length. */
        public LayerNorm(double[] gamma, double[] beta, double epsilon) {
            this.gamma = gamma;
            this.beta = beta;
            this.epsilon = epsilon;
        }

        @Override
        public int width(int before) {
            return before;
        }

        double[] gamma() {
            return gamma;
        }

        double[] beta() {
            return beta;
        }

        double epsilon() {
            return epsilon;
        }
    }
}
