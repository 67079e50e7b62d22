package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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

    /**
     * Weights of the first layer from which on samples may be in the lanes. With fewer, a step is hardly more than starts and ends of loops, and
     * unbound samples, whose first layer has to sum across lanes then, cost the most: a prediction of [20, 10, 5, 1] takes four times as long.
     */
    private static final int FEWEST_WEIGHTS = 4096;

    private final Machine machine;
    private final int lanes;
    private final WeightLayout panels;

    /** @param panels the layout for tiles that walk over more weights than the first-level cache holds */
    StorageChoice(Machine machine, Precision precision, WeightLayout panels) {
        this.machine = machine;
        this.lanes = machine.lanes(precision);
        this.panels = panels;
    }

    Storage of(Network network) {
        double samplesInLanes = 0;
        double unitsInLanes = 0;
        List<WeightLayout> weights = padded(network);
        for (Layer layer : network.layers()) {
            samplesInLanes += samplesInLanes(layer);
            boolean byUnits = weights.get(layer.number() - 1) == WeightLayout.UNIT_ROWS;
            unitsInLanes += byUnits ? unitRows(layer) : inputRows(layer);
        }
        boolean large = network.layers().get(0).weightCount() >= FEWEST_WEIGHTS;
        boolean samples = (large && samplesInLanes < CLEARLY * unitsInLanes) || !Storage.fitsPadded(network);
        return samples
                ? new Storage(Layout.UNIT_MAJOR, Collections.nCopies(weights.size(), WeightLayout.UNIT_ROWS))
                : new Storage(Layout.PADDED_SAMPLE_MAJOR, weights);
    }

    /**
     * Layouts that are worth measuring: samples in the lanes; units in the lanes as chosen layer by layer, with all weights in rows of inputs,
     * with all in panels, and with the weights of one layer the other way, the largest layers first.
     */
    List<Storage> candidates(Network network) {
        int layers = network.layers().size();
        List<Storage> all = new ArrayList<>();
        all.add(new Storage(Layout.UNIT_MAJOR, Collections.nCopies(layers, WeightLayout.UNIT_ROWS)));
        List<WeightLayout> chosen = padded(network);
        all.add(new Storage(Layout.PADDED_SAMPLE_MAJOR, chosen));
        all.add(new Storage(Layout.PADDED_SAMPLE_MAJOR, Collections.nCopies(layers, WeightLayout.INPUT_ROWS)));
        all.add(new Storage(Layout.PADDED_SAMPLE_MAJOR, Collections.nCopies(layers, panels)));
        network.layers().stream()
                .sorted(Comparator.comparingInt(Layer::weightCount).reversed())
                .forEach(layer -> {
                    List<WeightLayout> other = new ArrayList<>(chosen);
                    boolean unitRows = other.get(layer.number() - 1) == WeightLayout.UNIT_ROWS;
                    other.set(layer.number() - 1, unitRows ? WeightLayout.INPUT_ROWS : WeightLayout.UNIT_ROWS);
                    all.add(new Storage(Layout.PADDED_SAMPLE_MAJOR, other));
                });
        return all.stream()
                .filter(storage -> storage.objection(Target.VECTOR, network).isEmpty())
                .distinct()
                .toList();
    }

    private List<WeightLayout> padded(Network network) {
        List<WeightLayout> weights = new ArrayList<>();
        for (Layer layer : network.layers()) {
            boolean byUnits = unitRows(layer) < inputRows(layer);
            weights.add(byUnits ? WeightLayout.UNIT_ROWS : inPanels(layer) ? panels : WeightLayout.INPUT_ROWS);
        }
        return weights;
    }

    /**
     * Whether a layer's weights are worth panels: a tile takes a part of every row, which are often a power of two apart and compete for a few sets
     * of the first-level cache, and the weights are more than stay there.
     */
    private boolean inPanels(Layer layer) {
        long bytes = (long) layer.fanIn() * vectors(layer.units()) * machine.vectorBytes();
        return vectors(layer.units()) > panels.panel() && bytes > machine.l1Bytes();
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

    private int vectors(int elements) {
        return (elements + lanes - 1) / lanes;
    }
}
