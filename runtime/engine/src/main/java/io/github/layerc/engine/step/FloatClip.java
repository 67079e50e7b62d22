package io.github.layerc.engine.step;

import io.github.layerc.network.Clip;
import io.github.layerc.network.Layer;
import java.util.List;

/** Clips the gradients of a step as a {@link Clip} says, in the layout of the kernels. What lies between rows there is no gradient, and not measured. */
final class FloatClip {
    private final Clip.Part part;
    private final double at;
    private final int[] places;
    private final int[] weightRows;
    private final int[] vectors;
    private final int[] units;

    /**
     * @param places where weights and biases of the layers start by turns, and the end of the last one; behind a bias, as far apart as the
     *     place allows, stands what else its layer has for each unit
     * @param weightRows see {@link io.github.layerc.engine.kernels.FloatStepKernels#weightRows}
     */
    FloatClip(Clip clip, int[] places, int[] weightRows, List<Layer> layers) {
        this.part = clip.part();
        this.at = clip.at();
        this.places = places;
        this.weightRows = weightRows;
        this.vectors = layers.stream().mapToInt(Layer::vectorCount).toArray();
        this.units = layers.stream().mapToInt(Layer::units).toArray();
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
            if (i % 2 == 1) {
                ofAll += clipVectors(gradients, i);
                continue;
            }
            double squares = 0;
            for (; group < weightRows.length && weightRows[group] < places[i + 1]; group += 4) {
                squares += squares(gradients, group);
            }
            ofAll += squares;
            shortenArray(gradients, places[i], places[i + 1], squares);
        }
        if (part == Clip.Part.ALL) {
            shorten(gradients, 0, gradients.length, ofAll);
        }
    }

    /** Each on its own; returns the sum of their squares before. */
    private double clipVectors(float[] gradients, int place) {
        int layer = place / 2;
        int width = (places[place + 1] - places[place]) / vectors[layer];
        double all = 0;
        for (int v = 0; v < vectors[layer]; v++) {
            int from = places[place] + v * width;
            double squares = FloatUpdate.sumOfSquares(gradients, from, from + units[layer]);
            shortenArray(gradients, from, from + width, squares);
            all += squares;
        }
        return all;
    }

    private void shortenArray(float[] gradients, int from, int to, double squares) {
        if (part == Clip.Part.ARRAY) {
            shorten(gradients, from, to, squares);
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
