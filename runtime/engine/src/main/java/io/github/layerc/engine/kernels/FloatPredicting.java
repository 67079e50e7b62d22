package io.github.layerc.engine.kernels;

import io.github.layerc.network.Network;
import io.github.layerc.network.Normalization;

/**
 * The kernels that predict: those that train or, where batch normalisation is a factor and a summand of each unit by then, others that have it folded into
 * weights and biases, see {@link Normalization#fold}. Folding takes as long as a copy of the parameters, and is done when somebody predicts and they have
 * changed since the last time.
 */
public final class FloatPredicting {
    private final Network network;
    private final FloatStepKernels training;

    /** The training ones where nothing is folded. */
    private final FloatStepKernels folded;

    /** Their number, in an array for all instances over the same parameters. Those of several threads only read them. */
    private final int[] changes;

    private int seen = -1;
    private float[] canonical = {};
    private double[] wide = {};

    /** For the kernels of an instance. */
    public FloatPredicting(Network network, FloatStepKernels training) {
        this(network, training, new int[1]);
    }

    private FloatPredicting(Network network, FloatStepKernels training, int[] changes) {
        this.network = network;
        this.training = training;
        this.folded = network.batchNorm().isPresent() ? training.another() : training;
        this.changes = changes;
    }

    /** For other kernels over the same parameters. */
    public FloatPredicting over(FloatStepKernels others) {
        return new FloatPredicting(network, others, changes);
    }

    /** The parameters are about to change, or have just done so. */
    public void changed() {
        changes[0]++;
    }

    /** How often they have changed, in any instance over them; starts again behind the largest number. */
    public int changes() {
        return changes[0];
    }

    /** The kernels, with the parameters of now. */
    public FloatStepKernels kernels() {
        if (folded != training && seen != changes[0]) {
            fold();
            seen = changes[0];
        }
        return folded;
    }

    /** In double, as weights are multiplied once and for all. */
    private void fold() {
        if (canonical.length == 0) {
            canonical = new float[network.parameterCount()];
            wide = new double[canonical.length];
        }
        training.unpack(training.parameters(), canonical);
        for (int i = 0; i < wide.length; i++) {
            wide[i] = canonical[i];
        }
        Normalization.fold(network, wide);
        for (int i = 0; i < wide.length; i++) {
            canonical[i] = (float) wide[i];
        }
        folded.pack(canonical, folded.parameters());
    }

    /** Ends the threads of kernels that are no one else's. */
    public void close() {
        if (folded != training) {
            folded.close();
        }
    }
}
