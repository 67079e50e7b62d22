package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.exchange.chain.Stage;
import io.github.layerc.network.Scale;
import java.util.Arrays;
import java.util.Optional;

/** Turns an {@link Expr} into stages: what is linear into factors and shifts, the rest into activations. */
final class Settling {
    private Settling() {}

    /**
     * The trunk with all that the expression does behind it.
     *
     * @param width how many values there are
     * @return empty where a part of it is neither linear nor an activation
     */
    static Optional<Trunk> settle(Expr expr, int width) {
        Optional<Trunk> scaled = scaled(expr);
        if (scaled.isPresent()) {
            return scaled;
        }
        Optional<Recognition.Found> whole = isLinear(expr) ? Optional.empty() : Recognition.of(expr);
        Linear linear = whole.isPresent() ? Linear.identity(expr, width) : Linear.of(expr, width);
        return core(linear.core(), whole, width).map(trunk -> linear.isIdentity() ? trunk : trunk.then(linear.stage()));
    }

    private static boolean isLinear(Expr expr) {
        if (!(expr instanceof Expr.Applied applied)) {
            return expr instanceof Expr.Start;
        }
        return Linear.isStep(applied)
                && applied.arguments().stream().allMatch(each -> each instanceof Expr.Constant || isLinear(each));
    }

    private static Optional<Trunk> core(Expr core, Optional<Recognition.Found> known, int width) {
        if (core instanceof Expr.Start start) {
            return Optional.of(start.trunk());
        }
        if (core instanceof Expr.Normalized normalized) {
            return settle(normalized.argument(), width).map(trunk -> trunk.then(normalized.stage()));
        }
        return known.or(() -> Recognition.of(core))
                .flatMap(found ->
                        settle(found.argument(), width).map(trunk -> trunk.then(new Stage.Curve(found.activation()))));
    }

    /** {@code x * n / d} with two numbers for all values of a sample, as a spec has it: a quotient stays one. */
    private static Optional<Trunk> scaled(Expr expr) {
        double denominator = 1;
        Expr rest = expr;
        if (rest instanceof Expr.Applied applied
                && applied.operation() == Operation.DIV
                && applied.hasConstantSecond()
                && ((Expr.Constant) applied.arguments().get(1)).isUniform()) {
            denominator = ((Expr.Constant) applied.arguments().get(1)).at(0);
            rest = applied.first();
        }
        double numerator = 1;
        if (rest instanceof Expr.Applied applied
                && applied.operation() == Operation.MUL
                && applied.hasConstantSecond()
                && ((Expr.Constant) applied.arguments().get(1)).isUniform()) {
            numerator = ((Expr.Constant) applied.arguments().get(1)).at(0);
            rest = applied.first();
        }
        if (rest == expr
                || !(rest instanceof Expr.Start start)
                || !start.trunk().isInput()) {
            return Optional.empty();
        }
        boolean usable = numerator != 0
                && denominator != 0
                && Double.isFinite(numerator)
                && Double.isFinite(denominator)
                && !Scale.isSubnormal(numerator, denominator);
        return usable
                ? Optional.of(start.trunk().then(new Stage.Scaled(new Scale(numerator, denominator))))
                : Optional.empty();
    }

    /** {@code factor core + shift}. */
    private static final class Linear {
        private final Expr core;
        private final double[] factor;
        private final double[] shift;

        private Linear(Expr core, double[] factor, double[] shift) {
            this.core = core;
            this.factor = factor;
            this.shift = shift;
        }

        static Linear identity(Expr core, int width) {
            double[] ones = new double[width];
            Arrays.fill(ones, 1);
            return new Linear(core, ones, new double[width]);
        }

        /** Takes off, from the outside, what is linear. */
        static Linear of(Expr expr, int width) {
            if (!(expr instanceof Expr.Applied applied) || !isStep(applied)) {
                return identity(expr, width);
            }
            boolean constantFirst = applied.first() instanceof Expr.Constant;
            Expr inner = constantFirst ? applied.arguments().get(1) : applied.first();
            Linear linear = of(inner, width);
            for (int i = 0; i < width; i++) {
                double c = applied.arguments().size() < 2
                        ? 0
                        : ((Expr.Constant) applied.arguments().get(constantFirst ? 0 : 1)).at(i);
                switch (applied.operation()) {
                    case ADD -> linear.step(i, 1, c);
                    case SUB -> linear.step(i, constantFirst ? -1 : 1, constantFirst ? c : -c);
                    case MUL -> linear.step(i, c, 0);
                    case DIV -> linear.divide(i, c);
                    case NEG -> linear.step(i, -1, 0);
                    default -> throw new AssertionError("not linear: " + applied.operation());
                }
            }
            return linear;
        }

        /** Whether an operation is linear in the one argument that is no constant. */
        static boolean isStep(Expr.Applied applied) {
            boolean constantSecond = applied.hasConstantSecond();
            boolean constantFirst = applied.first() instanceof Expr.Constant;
            return switch (applied.operation()) {
                case NEG -> true;
                case ADD, SUB, MUL -> constantSecond || constantFirst;
                case DIV -> constantSecond;
                default -> false;
            };
        }

        private void step(int i, double times, double plus) {
            factor[i] *= times;
            shift[i] = shift[i] * times + plus;
        }

        /** A quotient is rounded once, a product with a reciprocal twice. */
        private void divide(int i, double by) {
            factor[i] /= by;
            shift[i] /= by;
        }

        Expr core() {
            return core;
        }

        boolean isIdentity() {
            return Arrays.stream(factor).allMatch(each -> each == 1)
                    && Arrays.stream(shift).allMatch(each -> each == 0);
        }

        Stage stage() {
            return new Stage.Affine(factor, shift);
        }
    }
}
