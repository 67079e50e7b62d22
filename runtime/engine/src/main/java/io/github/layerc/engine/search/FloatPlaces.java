package io.github.layerc.engine.search;

import io.github.layerc.engine.kernels.FloatStepKernels;

/** Where each parameter, in the canonical order from one of them on, lies in the layout of kernels, which may have padding in between. */
public final class FloatPlaces {
    /** Places are told by two numbers below this one, which a float has exactly. */
    private static final int DIGIT = 1 << 16;

    private final int[] places;

    /**
     * Finds them out.
     *
     * @param from the first parameter, canonical
     * @param parameterCount of the network
     */
    public FloatPlaces(FloatStepKernels kernels, int from, int parameterCount) {
        float[] packed = new float[kernels.parameters().length];
        float[] low = new float[parameterCount];
        float[] high = new float[parameterCount];
        for (int i = 0; i < packed.length; i++) {
            int digit = i % DIGIT;
            packed[i] = digit;
        }
        kernels.unpack(packed, low);
        for (int i = 0; i < packed.length; i++) {
            int digit = i / DIGIT;
            packed[i] = digit;
        }
        kernels.unpack(packed, high);
        this.places = new int[parameterCount - from];
        for (int i = 0; i < places.length; i++) {
            places[i] = DIGIT * ((int) high[from + i]) + (int) low[from + i];
        }
    }

    /** Place of one of them, from 0 on. */
    public int of(int parameter) {
        return places[parameter];
    }

    /** How many parameters. */
    public int count() {
        return places.length;
    }

    /** Copies parameters or gradients to a vector. */
    public void read(float[] packed, double[] vector, int at) {
        for (int i = 0; i < places.length; i++) {
            vector[at + i] = packed[places[i]];
        }
    }

    /** Copies them back; what lies between stays. The vector keeps them as they are rounded. */
    public void write(double[] vector, int at, float[] packed) {
        for (int i = 0; i < places.length; i++) {
            float rounded = (float) vector[at + i];
            packed[places[i]] = rounded;
            vector[at + i] = rounded;
        }
    }
}
