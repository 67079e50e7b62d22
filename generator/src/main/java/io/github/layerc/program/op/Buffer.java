package io.github.layerc.program.op;

import io.github.layerc.network.Layer;

/**
 * One named array of a program.
 *
 * @param name as in the formulas: {@code x}, {@code W1}, {@code b1}, {@code z1}, {@code a1}, {@code dz1}, {@code dW1}, ...
 * @param layer the layer that it belongs to, 0 for the samples
 * @param rows units of a weight matrix, 1 for a bias; 0 where there is a row for each sample
 * @param columns values in a row
 */
public record Buffer(String name, Role role, int layer, int rows, int columns) {

    /** What a buffer holds, which decides where its storage is. */
    public enum Role {
        /** Samples, {@code [samples][inputs]}, passed by the caller. */
        SAMPLES,
        /** The same samples with a few side by side, {@code [panels][inputs][lanes]}, made when data are bound. */
        PANELS,
        /** The same samples with a few inputs side by side, {@code [strips][samples][lanes]}, made when data are bound. */
        STRIPS,
        /** Targets, {@code [samples][outputs]}, passed by the caller. */
        TARGETS,
        /** Results, {@code [samples][outputs]}, an array of the caller. */
        OUTPUTS,
        /** Weights, {@code [units][fan-in]}, a part of the parameters. */
        WEIGHTS,
        /** Bias, {@code [units]}, a part of the parameters. */
        BIAS,
        /** Gradient of weights, a part of the gradients. */
        WEIGHT_GRADIENT,
        /** Gradient of a bias, a part of the gradients. */
        BIAS_GRADIENT,
        /**
         * Pre-activations of the first layer without its bias, of all bound samples, in double: {@code [units][bound samples]}, the state of
         * a training in Gram form.
         */
        PRE_ACTIVATIONS,
        /** What each bound sample has added to the weights of the first layer, in double: {@code [units][bound samples]}. */
        COEFFICIENTS,
        /** The products of all pairs of bound samples, {@code [bound samples][bound samples]}, in double. */
        GRAM,
        /** Activations and deltas, {@code [samples][units]} in a layout that the schedule chooses. */
        WORKSPACE;

        /** Samples in one form or another. */
        public boolean samples() {
            return this == SAMPLES || this == PANELS || this == STRIPS;
        }

        /** Whether it is a gradient of parameters. */
        public boolean gradient() {
            return this == WEIGHT_GRADIENT || this == BIAS_GRADIENT;
        }

        /** Whether the caller passes its values, which nothing may overwrite. */
        public boolean givenByCaller() {
            return samples() || this == TARGETS || this == GRAM;
        }

        /** Whether it is what a training step changes: parameters, or what stands for them. */
        public boolean trained() {
            return this == WEIGHTS || this == BIAS || this == PRE_ACTIVATIONS || this == COEFFICIENTS;
        }
    }

    public static Buffer samples(int inputs) {
        return new Buffer("x", Role.SAMPLES, 0, 0, inputs);
    }

    public static Buffer panels(int inputs) {
        return new Buffer("panels", Role.PANELS, 0, 0, inputs);
    }

    public static Buffer strips(int inputs) {
        return new Buffer("strips", Role.STRIPS, 0, 0, inputs);
    }

    /** Samples in rows, for samples in any form. */
    public Buffer inRows() {
        return samples(columns);
    }

    public static Buffer targets(Layer output) {
        return new Buffer("y", Role.TARGETS, output.number(), 0, output.units());
    }

    public static Buffer outputs(Layer output) {
        return new Buffer("out", Role.OUTPUTS, output.number(), 0, output.units());
    }

    /** Pre-activations of the first layer that outlive a step. */
    public static Buffer preActivations(Layer first) {
        return new Buffer("Z" + first.number(), Role.PRE_ACTIVATIONS, first.number(), 0, first.units());
    }

    /** {@code W1 = W1(0) + C1 x}. */
    public static Buffer coefficients(Layer first) {
        return new Buffer("C" + first.number(), Role.COEFFICIENTS, first.number(), 0, first.units());
    }

    /** {@code x x^T}; how many samples there are is known at run time only. */
    public static Buffer gram() {
        return new Buffer("G", Role.GRAM, 0, 0, 0);
    }

    public static Buffer weights(Layer layer) {
        return new Buffer("W" + layer.number(), Role.WEIGHTS, layer.number(), layer.units(), layer.fanIn());
    }

    public static Buffer bias(Layer layer) {
        return new Buffer("b" + layer.number(), Role.BIAS, layer.number(), 1, layer.units());
    }

    /** @param what {@code z}, {@code a}, {@code da} or {@code dz} */
    public static Buffer workspace(String what, int layer, int units) {
        return new Buffer(what + layer, Role.WORKSPACE, layer, 0, units);
    }

    /** The gradient of these weights or of this bias. */
    public Buffer gradient() {
        return switch (role) {
            case WEIGHTS -> new Buffer("dW" + layer, Role.WEIGHT_GRADIENT, layer, rows, columns);
            case BIAS -> new Buffer("db" + layer, Role.BIAS_GRADIENT, layer, rows, columns);
            case SAMPLES,
                    PANELS,
                    STRIPS,
                    TARGETS,
                    OUTPUTS,
                    WEIGHT_GRADIENT,
                    BIAS_GRADIENT,
                    PRE_ACTIVATIONS,
                    COEFFICIENTS,
                    GRAM,
                    WORKSPACE -> throw new AssertionError("no parameters: " + this);
        };
    }

    /** Whether it has a row for each sample. */
    public boolean perSample() {
        return rows == 0;
    }

    /** Elements, for each sample or in all. */
    public long elements() {
        return perSample() ? columns : (long) rows * columns;
    }

    /** The shape as in the documentation. */
    public String shape() {
        return perSample()
                ? "[samples][" + columns + "]"
                : role == Role.WEIGHTS || role == Role.WEIGHT_GRADIENT
                        ? "[" + rows + "][" + columns + "]"
                        : "[" + columns + "]";
    }

    @Override
    public String toString() {
        return name;
    }
}
