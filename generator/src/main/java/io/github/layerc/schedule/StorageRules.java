package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;

/** Which layouts a network can be emitted with. */
public final class StorageRules {
    private StorageRules() {}

    /** Why not, {@code rule: name=value}; empty where it can. */
    public static String objection(Target target, Network network, Storage storage) {
        Layout layout = storage.layout();
        if (target == Target.SCALAR ? layout != Layout.SAMPLE_MAJOR : layout == Layout.SAMPLE_MAJOR) {
            String expected = target == Target.SCALAR
                    ? Keywords.of(Layout.SAMPLE_MAJOR)
                    : Keywords.of(Layout.PADDED_SAMPLE_MAJOR) + " or " + Keywords.of(Layout.UNIT_MAJOR);
            return "expected " + expected + " for target " + target.keyword() + ": layout=" + Keywords.of(layout);
        }
        if (storage.weights().size() != network.layers().size()) {
            return "expected one layout for each of " + network.layers().size() + " layers: weights="
                    + storage.weights().size();
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
