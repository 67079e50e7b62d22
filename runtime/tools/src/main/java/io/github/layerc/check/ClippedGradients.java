package io.github.layerc.check;

import io.github.layerc.network.Clip;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;

/**
 * Gradients as an optimizer sees them, clipped as {@link Clip} says, with what each may be off by. Textbook formulas, not those of the engines.
 */
final class ClippedGradients {
    private final double at;
    private final double eps;
    private final double[] values;
    private final double[] bounds;

    private ClippedGradients(Clip clip, double eps, double[] values, double[] bounds) {
        this.at = clip.at();
        this.eps = eps;
        this.values = values;
        this.bounds = bounds;
    }

    /**
     * Clips in place.
     *
     * @param values in the canonical layout
     * @param bounds what each of them may be off by
     */
    static void clip(Clip clip, Network network, double[] values, double[] bounds) {
        double eps = network.precision().epsilon();
        ClippedGradients gradients = new ClippedGradients(clip, eps, values, bounds);
        switch (clip.part()) {
            case ELEMENT -> gradients.elements();
            case ALL -> gradients.norm(0, values.length);
            case ARRAY -> {
                for (Layer layer : network.layers()) {
                    layer.parameters().forEach(each -> gradients.norm(each.at(), each.end()));
                }
            }
        }
    }

    /** An element that is too large whatever it is off by is off by the rounding of the limit alone. */
    private void elements() {
        for (int i = 0; i < values.length; i++) {
            double clipped = clamped(values[i]);
            double most = clamped(values[i] + bounds[i]) - clipped;
            double least = clipped - clamped(values[i] - bounds[i]);
            bounds[i] = Math.max(most, least) + eps * Math.abs(clipped);
            values[i] = clipped;
        }
    }

    private double clamped(double value) {
        return Math.max(-at, Math.min(at, value));
    }

    /** A norm is off by at most the norm of what its elements are off by, and with it the factor of all of them. */
    private void norm(int from, int to) {
        double norm = norm(values, from, to);
        double off = norm(bounds, from, to);
        double factor = factor(norm);
        double most = factor(Math.max(0, norm - off));
        double factorOff = Math.max(most - factor, factor - factor(norm + off));
        for (int i = from; i < to; i++) {
            double value = values[i];
            values[i] = factor * value;
            bounds[i] = most * bounds[i] + factorOff * Math.abs(value) + 2 * eps * Math.abs(values[i]);
        }
    }

    private double factor(double norm) {
        return norm > at ? at / norm : 1;
    }

    private static double norm(double[] values, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += values[i] * values[i];
        }
        return Math.sqrt(squares);
    }
}
