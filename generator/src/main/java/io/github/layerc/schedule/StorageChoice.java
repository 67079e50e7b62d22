package io.github.layerc.schedule;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses between vectors of samples and vectors of units for a network, by the multiply-adds of vectors that a training step takes for each
 * sample. Vectors of samples are always full, but a weight gradient then sums across lanes, and a single sample fills one lane. Vectors of units
 * need no such sums, and have idle lanes where a layer's units do not fill them.
 */
final class StorageChoice {
    /** Samples of the step that is estimated. */
    private static final double SAMPLES = 64;

    /** A sum across the lanes of a vector, in multiply-adds of vectors. */
    private static final double SUM = 10;

    /** A multiply-add of two vectors that are both loaded, against one of a vector and a broadcast element. */
    private static final double LOADED = 1.5;

    /** Samples in the lanes have to be that much better: they serve no single sample. */
    private static final double CLEARLY = 0.9;

    private final int lanes;

    StorageChoice(int lanes) {
        this.lanes = lanes;
    }

    Storage of(Network network) {
        double samplesInLanes = 0;
        double unitsInLanes = 0;
        List<WeightLayout> weights = new ArrayList<>();
        List<WeightLayout> canonical = new ArrayList<>();
        boolean keepsZero = true;
        for (Layer layer : network.layers()) {
            samplesInLanes += samplesInLanes(layer);
            double inputRows = inputRows(layer);
            double unitRows = unitRows(layer);
            // a row of inputs is padded with what the layer before makes of 0, and its weights would not stay 0
            boolean byUnits = keepsZero && unitRows < inputRows;
            weights.add(byUnits ? WeightLayout.UNIT_ROWS : WeightLayout.INPUT_ROWS);
            canonical.add(WeightLayout.UNIT_ROWS);
            unitsInLanes += byUnits ? unitRows : inputRows;
            keepsZero = layer.activation() != Activation.SIGMOID && layer.activation() != Activation.SOFTMAX;
        }
        boolean samples = samplesInLanes < CLEARLY * unitsInLanes || !fitsPadded(network);
        return samples ? new Storage(Layout.UNIT_MAJOR, canonical) : new Storage(Layout.PADDED_SAMPLE_MAJOR, weights);
    }

    /** Whether padded parameters can be addressed. */
    private static boolean fitsPadded(Network network) {
        long most = 0;
        for (Layer layer : network.layers()) {
            most += (long) (layer.fanIn() + Heuristic.LANES_MULTIPLE + 1) * (layer.units() + Heuristic.LANES_MULTIPLE);
        }
        return most < Integer.MAX_VALUE;
    }

    private double samplesInLanes(Layer layer) {
        double weights = (double) layer.fanIn() * layer.units();
        return layer.number() == 1
                ? weights / lanes + layer.units() * vectors(layer.fanIn())
                : 2 * weights / lanes + weights * (1.0 / lanes + SUM / SAMPLES);
    }

    private double inputRows(Layer layer) {
        double forward = layer.fanIn() * vectors(layer.units());
        double inputGradient =
                layer.number() == 1 ? 0 : layer.units() * (vectors(layer.fanIn()) + layer.fanIn() / SAMPLES);
        return 2 * forward + inputGradient;
    }

    private double unitRows(Layer layer) {
        double gradient = layer.units() * vectors(layer.fanIn());
        double forward = LOADED * gradient + layer.units() * SUM;
        return forward + gradient + (layer.number() == 1 ? 0 : gradient);
    }

    private double vectors(int elements) {
        return Math.ceil((double) elements / lanes);
    }
}
