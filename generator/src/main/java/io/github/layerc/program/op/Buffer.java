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
        SAMPLES("x"),
        /** The same samples with a few side by side, {@code [panels][inputs][lanes]}, made when data are bound. */
        PANELS("panels"),
        /** The same samples with a few inputs side by side, {@code [strips][samples][lanes]}, made when data are bound. */
        STRIPS("strips"),
        /** Targets, {@code [samples][outputs]}, passed by the caller. */
        TARGETS("y"),
        /** Results, {@code [samples][outputs]}, an array of the caller. */
        OUTPUTS("out"),
        /** Weights, {@code [units][fan-in]}, a part of the parameters. */
        WEIGHTS("W"),
        /** Bias, {@code [units]}, a part of the parameters. */
        BIAS("b"),
        /** Factor of normalised pre-activations, {@code [units]}, a part of the parameters. */
        GAMMA("gamma"),
        /** Running mean of pre-activations, {@code [units]}, a part of the parameters that has no gradient. */
        MEAN("mean"),
        /** Running variance of pre-activations, the same. */
        VARIANCE("variance"),
        /** Gradient of weights, a part of the gradients. */
        WEIGHT_GRADIENT("dW"),
        /** Gradient of a bias, a part of the gradients. */
        BIAS_GRADIENT("db"),
        /** Gradient of such a factor, a part of the gradients. */
        GAMMA_GRADIENT("dgamma"),
        /**
         * Pre-activations of the first layer without its bias, of all bound samples, in double: {@code [units][bound samples]}, the state of
         * a training in Gram form.
         */
        PRE_ACTIVATIONS("Z"),
        /** What each bound sample has added to the weights of the first layer, in double: {@code [units][bound samples]}. */
        COEFFICIENTS("C"),
        /** The products of all pairs of bound samples, {@code [bound samples][bound samples]}, in double. */
        GRAM("G"),
        /** Pre-activations, {@code [samples][units]} in a layout that the schedule chooses, as the three that follow. */
        Z("z"),
        /** Activations. */
        A("a"),
        /** Activations as they were before a step left out some. */
        K("k"),
        /** Pre-activations to be normalised, without bias, and in their place what they become. */
        N("n"),
        /** Means of a step, {@code [units]}, of those that have one for each unit. */
        M("m"),
        /** Variances of a step, {@code [units]} or {@code [samples]}. */
        V("v"),
        /** Gradients of the activations. */
        DA("da"),
        /** Deltas, the gradients of the pre-activations. */
        DZ("dz"),
        /** Deltas of pre-activations that are normalised. */
        DN("dn");

        private final String symbol;

        Role(String symbol) {
            this.symbol = symbol;
        }

        /** Whether it lies in the workspace of an instance. */
        public boolean workspace() {
            return this == Z || this == A || this == K || this == N || statistic() || delta();
        }

        /** Whether it has a number for each unit or each sample, and none of both. */
        public boolean statistic() {
            return this == M || this == V;
        }

        /** Whether it belongs to the way back. */
        public boolean delta() {
            return this == DA || this == DZ || this == DN;
        }

        /** Samples in one form or another. */
        public boolean samples() {
            return this == SAMPLES || this == PANELS || this == STRIPS;
        }

        /** Whether it is a gradient of parameters. */
        public boolean gradient() {
            return this == WEIGHT_GRADIENT || this == BIAS_GRADIENT || this == GAMMA_GRADIENT;
        }

        /** Whether the caller passes its values, which nothing may overwrite. */
        public boolean givenByCaller() {
            return samples() || this == TARGETS || this == GRAM;
        }

        /** Whether it is what a training step changes: parameters, or what stands for them. */
        public boolean trained() {
            return this == WEIGHTS || vector() || this == PRE_ACTIVATIONS || this == COEFFICIENTS;
        }

        /** Parameters of a layer of which it has one for each unit. */
        public boolean vector() {
            return this == BIAS || this == GAMMA || this == MEAN || this == VARIANCE;
        }
    }

    public static Buffer samples(int inputs) {
        return of(Role.SAMPLES, 0, 0, inputs);
    }

    public static Buffer panels(int inputs) {
        return of(Role.PANELS, 0, 0, inputs);
    }

    public static Buffer strips(int inputs) {
        return of(Role.STRIPS, 0, 0, inputs);
    }

    /** Samples in rows, for samples in any form. */
    public Buffer inRows() {
        return samples(columns);
    }

    public static Buffer targets(Layer output) {
        return of(Role.TARGETS, output.number(), 0, output.units());
    }

    public static Buffer outputs(Layer output) {
        return of(Role.OUTPUTS, output.number(), 0, output.units());
    }

    /** Pre-activations of the first layer that outlive a step. */
    public static Buffer preActivations(Layer first) {
        return numbered(Role.PRE_ACTIVATIONS, first.number(), 0, first.units());
    }

    /** {@code W1 = W1(0) + C1 x}. */
    public static Buffer coefficients(Layer first) {
        return numbered(Role.COEFFICIENTS, first.number(), 0, first.units());
    }

    /** {@code x x^T}; how many samples there are is known at run time only. */
    public static Buffer gram() {
        return of(Role.GRAM, 0, 0, 0);
    }

    public static Buffer weights(Layer layer) {
        return numbered(Role.WEIGHTS, layer.number(), layer.units(), layer.fanIn());
    }

    public static Buffer bias(Layer layer) {
        return numbered(Role.BIAS, layer.number(), 1, layer.units());
    }

    /** @param role one of the {@link Role#vector} */
    public static Buffer vector(Role role, Layer layer) {
        return numbered(role, layer.number(), 1, layer.units());
    }

    /** @param role one of the {@link Role#statistic} */
    public static Buffer statistic(Role role, Layer layer, boolean ofUnits) {
        return numbered(role, layer.number(), ofUnits ? 1 : 0, ofUnits ? layer.units() : 1);
    }

    /** @param role one of the {@link Role#workspace}, but no statistic */
    public static Buffer workspace(Role role, int layer, int units) {
        return numbered(role, layer, 0, units);
    }

    private static Buffer of(Role role, int layer, int rows, int columns) {
        return new Buffer(role.symbol, role, layer, rows, columns);
    }

    private static Buffer numbered(Role role, int layer, int rows, int columns) {
        return new Buffer(role.symbol + layer, role, layer, rows, columns);
    }

    /** Weights, a bias or their gradients, as those of another layer of the same shape. */
    public Buffer ofLayer(int other) {
        return numbered(role, other, rows, columns);
    }

    /** The gradient of these weights or of this bias. */
    public Buffer gradient() {
        return switch (role) {
            case WEIGHTS -> numbered(Role.WEIGHT_GRADIENT, layer, rows, columns);
            case BIAS -> numbered(Role.BIAS_GRADIENT, layer, rows, columns);
            case GAMMA -> numbered(Role.GAMMA_GRADIENT, layer, rows, columns);
            case SAMPLES,
                    PANELS,
                    STRIPS,
                    TARGETS,
                    OUTPUTS,
                    WEIGHT_GRADIENT,
                    BIAS_GRADIENT,
                    GAMMA_GRADIENT,
                    MEAN,
                    VARIANCE,
                    PRE_ACTIVATIONS,
                    COEFFICIENTS,
                    GRAM,
                    Z,
                    A,
                    K,
                    N,
                    M,
                    V,
                    DA,
                    DZ,
                    DN -> throw new AssertionError("no parameters: " + this);
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
