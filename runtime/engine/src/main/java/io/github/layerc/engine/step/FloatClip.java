package io.github.layerc.engine.step;

import io.github.layerc.network.Clip;

/** Clips the gradients of a step as a {@link Clip} says, in the layout of the kernels. What lies between rows there is no gradient, and not measured. */
final class FloatClip {
    private final Clip.Part part;
    private final double at;
    private final int[] places;
    private final int[] weightRows;
    private final int[] units;

    /**
     * @param places where weights and biases of the layers start by turns, and the end of the last one
     * @param weightRows see {@link io.github.layerc.engine.kernels.FloatStepKernels#weightRows}
     * @param units of the layers
     */
    FloatClip(Clip clip, int[] places, int[] weightRows, int[] units) {
        this.part = clip.part();
        this.at = clip.at();
        this.places = places;
        this.weightRows = weightRows;
        this.units = units;
    }

    void apply(float[] gradients) {
        if (part == Clip.Part.ELEMENT) {
            float most = (float) at;
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] = Math.max(-most, Math.min(most, gradients[i]));
            }
            return;
        }
        double ofAll = 0;
        int group = 0;
        for (int i = 0; i + 1 < places.length; i++) {
            double squares = 0;
            if (i % 2 == 1) {
                squares = FloatUpdate.sumOfSquares(gradients, places[i], places[i] + units[i / 2]);
            } else {
                for (; group < weightRows.length && weightRows[group] < places[i + 1]; group += 4) {
                    squares += squares(gradients, group);
                }
            }
            if (part == Clip.Part.ARRAY) {
                shorten(gradients, places[i], places[i + 1], squares);
            }
            ofAll += squares;
        }
        if (part == Clip.Part.ALL) {
            shorten(gradients, 0, gradients.length, ofAll);
        }
    }

    private double squares(float[] gradients, int group) {
        double squares = 0;
        int from = weightRows[group];
        for (int row = 0; row < weightRows[group + 3]; row++) {
            squares += FloatUpdate.sumOfSquares(gradients, from, from + weightRows[group + 1]);
            from += weightRows[group + 2];
        }
        return squares;
    }

    private void shorten(float[] gradients, int from, int to, double squares) {
        double norm = Math.sqrt(squares);
        if (!(norm > at) || Double.isInfinite(norm)) {
            return;
        }
        float factor = (float) (at / norm);
        for (int i = from; i < to; i++) {
            gradients[i] *= factor;
        }
    }
}
