package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
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

    /** Why a network cannot be emitted with it, {@code rule: name=value}; empty where it can. */
    public String objection(Target target, Network network) {
        if (target == Target.SCALAR ? layout != Layout.SAMPLE_MAJOR : layout == Layout.SAMPLE_MAJOR) {
            String expected = target == Target.SCALAR
                    ? Keywords.of(Layout.SAMPLE_MAJOR)
                    : Keywords.of(Layout.PADDED_SAMPLE_MAJOR) + " or " + Keywords.of(Layout.UNIT_MAJOR);
            return "expected " + expected + " for target " + target.keyword() + ": layout=" + Keywords.of(layout);
        }
        if (weights.size() != network.layers().size()) {
            return "expected one layout for each of " + network.layers().size() + " layers: weights=" + weights.size();
        }
        if (layout != Layout.PADDED_SAMPLE_MAJOR) {
            return "";
        }
        return fitsPadded(network)
                ? ""
                : "padded parameters must fit an array: layout=" + Keywords.of(Layout.PADDED_SAMPLE_MAJOR);
    }

    /** Whether padded parameters can be addressed. */
    static boolean fitsPadded(Network network) {
        int rest = WeightLayout.INPUT_PANELS_4.panel() * Machine.LANES_MULTIPLE;
        long most = 0;
        for (Layer layer : network.layers()) {
            most += (long) (layer.fanIn() + Machine.LANES_MULTIPLE + 1) * (layer.units() + rest);
        }
        return most < Integer.MAX_VALUE;
    }
}
