package io.github.layerc.interpreter;

import io.github.layerc.network.Layer;
import io.github.layerc.network.random.Dropout;

/** The activations of a layer that a step does not leave out, {@code [samples][units]}; without dropout, the activations themselves. */
final class FloatMasks {
    private final Layer layer;
    private final int dropped;
    private final float scale;

    /** Empty without dropout. */
    private final float[] kept;

    FloatMasks(Layer layer, int capacity) {
        this.layer = layer;
        this.dropped = Dropout.dropped(layer.dropout());
        this.scale = (float) Dropout.scale(dropped);
        this.kept = new float[dropped > 0 ? Math.multiplyExact(capacity, layer.units()) : 0];
    }

    private boolean applies(long key) {
        return dropped > 0 && key != Dropout.NONE;
    }

    /**
     * What the next layer reads.
     *
     * @param key of the update, and the place of the first sample in it
     */
    float[] of(float[] activations, long key, int from, int count) {
        if (!applies(key)) {
            return activations;
        }
        apply(activations, kept, key, from, count);
        return kept;
    }

    /** The array that {@link #of} has returned for these activations. */
    float[] last(float[] activations, long key) {
        return applies(key) ? kept : activations;
    }

    /** Gradients of what the next layer has read become those of the activations. */
    void timesMask(float[] gradients, long key, int from, int count) {
        if (applies(key)) {
            apply(gradients, gradients, key, from, count);
        }
    }

    private void apply(float[] in, float[] out, long key, int from, int count) {
        int units = layer.units();
        for (int s = 0; s < count; s++) {
            for (int u = 0; u < units; u++) {
                int at = s * units + u;
                out[at] = Dropout.keeps(key, layer.number(), from + s, u, dropped) ? scale * in[at] : 0;
            }
        }
    }
}
