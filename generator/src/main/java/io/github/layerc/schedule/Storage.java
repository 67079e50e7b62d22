package io.github.layerc.schedule;

import java.util.List;

/**
 * How workspace and parameters of a network lie in memory: a choice for all kernels together, since each writes what others read.
 *
 * @param layout of activations and deltas
 * @param weights of each layer, the first layer first
 */
public record Storage(Layout layout, List<WeightLayout> weights) {

    public Storage {
        weights = List.copyOf(weights);
        boolean packs = weights.stream().anyMatch(WeightLayout::unitsInLanes);
        if (packs && layout != Layout.PADDED_SAMPLE_MAJOR) {
            throw new IllegalArgumentException("weights [inputs][units] need padded rows of units: layout=" + layout);
        }
    }

    /** The layout of a layer's weights; layers are numbered from 1. */
    public WeightLayout weights(int layer) {
        return weights.get(layer - 1);
    }

    /** Whether parameters lie as callers see them. */
    public boolean canonical() {
        return layout != Layout.PADDED_SAMPLE_MAJOR;
    }
}
