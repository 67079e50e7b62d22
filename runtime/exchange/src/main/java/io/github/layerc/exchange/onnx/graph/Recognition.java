package io.github.layerc.exchange.onnx.graph;

import io.github.layerc.interpreter.FormulaTape;
import io.github.layerc.network.Activation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Finds the activation that an expression of several nodes is, whatever the nodes: both are computed at many places, in double. {@code x * sigmoid(x)} is silu, {@code 0.5 x (1 +
 * erf(x / 1.4142135))} gelu, {@code max(x, 0.1 x)} leaky relu.
 *
 * <p>Constants of a graph are often rounded to float, so that values need to agree to {@value #NEAR} of their size only; those of different activations are much further
 * apart: gelu and its approximation by tanh, the closest ones, by 5e-4.
 */
final class Recognition {
    private static final double NEAR = 1e-6;

    /** Where exponentials are neither lost nor all there is. */
    // none of them 0, where x / |x| and the like have no value
    private static final double[] PLACES =
            DoubleStream.iterate(-8.03125, z -> z < 9, z -> z + 0.125).toArray();

    /** More than an activation is ever written with, and few enough to try each. */
    private static final int MOST_PARTS = 64;

    private Recognition() {}

    /** An activation, and what it is applied to. */
    record Found(Activation activation, Expr argument) {}

    /** Of expressions that are one activation of a part of them. */
    static Optional<Found> of(Expr expr) {
        if (expr instanceof Expr.Curve curve) {
            return Optional.of(new Found(curve.activation(), curve.argument()));
        }
        List<Expr> parts = parts(expr);
        if (parts.size() > MOST_PARTS) {
            return Optional.empty();
        }
        for (Expr part : parts) {
            Optional<DoubleUnaryOperator> function = function(expr, part);
            if (function.isPresent()) {
                Optional<Activation> activation = activation(function.get());
                if (activation.isPresent()) {
                    return Optional.of(new Found(activation.get(), part));
                }
            }
        }
        return Optional.empty();
    }

    /** All that are not the whole and no constants, the largest first. */
    private static List<Expr> parts(Expr expr) {
        IdentityHashMap<Expr, Boolean> parts = new IdentityHashMap<>();
        List<Expr> order = new ArrayList<>();
        collect(expr, parts, order);
        order.remove(expr);
        return order;
    }

    private static void collect(Expr expr, IdentityHashMap<Expr, Boolean> seen, List<Expr> order) {
        if (expr instanceof Expr.Constant || seen.put(expr, true) != null) {
            return;
        }
        order.add(expr);
        arguments(expr).forEach(argument -> collect(argument, seen, order));
    }

    private static List<Expr> arguments(Expr expr) {
        if (expr instanceof Expr.Applied applied) {
            return applied.arguments();
        }
        return expr instanceof Expr.Curve curve && curve.activation().elementwise()
                ? List.of(curve.argument())
                : List.of();
    }

    /** The expression as a function of one of its parts; empty where it is none, or another one for each value. */
    private static Optional<DoubleUnaryOperator> function(Expr expr, Expr part) {
        IdentityHashMap<Expr, Integer> places = new IdentityHashMap<>();
        List<Expr> order = new ArrayList<>();
        places.put(part, 0);
        order.add(part);
        if (!place(expr, places, order)) {
            return Optional.empty();
        }
        double[] values = new double[order.size()];
        return Optional.of(z -> {
            values[0] = z;
            for (int i = 1; i < values.length; i++) {
                values[i] = value(order.get(i), places, values);
            }
            return values[values.length - 1];
        });
    }

    /** Puts an expression behind its arguments, each once: what is shared would double with each step. */
    private static boolean place(Expr expr, IdentityHashMap<Expr, Integer> places, List<Expr> order) {
        if (places.containsKey(expr)) {
            return true;
        }
        if (expr instanceof Expr.Constant constant
                ? !constant.isUniform()
                : arguments(expr).isEmpty()) {
            return false;
        }
        for (Expr argument : arguments(expr)) {
            if (!place(argument, places, order)) {
                return false;
            }
        }
        places.put(expr, order.size());
        order.add(expr);
        return true;
    }

    private static double value(Expr expr, IdentityHashMap<Expr, Integer> places, double[] values) {
        if (expr instanceof Expr.Constant constant) {
            return constant.at(0);
        }
        List<Expr> arguments = arguments(expr);
        double first = values[places.get(arguments.get(0))];
        if (expr instanceof Expr.Curve curve) {
            return FormulaTape.at(curve.activation().value(), first, first, first);
        }
        double second = arguments.size() < 2 ? first : values[places.get(arguments.get(1))];
        return ((Expr.Applied) expr).operation().apply(first, second);
    }

    private static Optional<Activation> activation(DoubleUnaryOperator function) {
        List<Activation> candidates = new ArrayList<>(
                Activation.all().stream().filter(Activation::elementwise).toList());
        // those that take a number: what it had to be
        double slope = -function.applyAsDouble(-1);
        if (slope > 0 && slope < 1) {
            candidates.add(Activation.leakyRelu(slope));
        }
        double least = -function.applyAsDouble(-700);
        if (least > 0 && Double.isFinite(least)) {
            candidates.add(Activation.elu(least));
        }
        return candidates.stream()
                .filter(each -> !each.equals(Activation.IDENTITY))
                .filter(each -> agrees(each, function))
                .findFirst();
    }

    private static boolean agrees(Activation activation, DoubleUnaryOperator function) {
        FormulaTape tape = new FormulaTape(activation.value(), 1);
        for (double z : PLACES) {
            double expected = tape.at(z, z, z);
            if (!(Math.abs(function.applyAsDouble(z) - expected) <= NEAR * (1 + Math.abs(expected)))) {
                return false;
            }
        }
        return true;
    }
}
