package io.github.layerc.engine;

/** Samples that are predicted like any others, but bound. */
class FloatEvaluation implements Evaluation {
    final FloatTraining training;
    final FloatInstance instance;
    final FloatKernels kernels;
    final FloatSamples samples;

    FloatEvaluation(FloatTraining training, FloatSamples samples) {
        this.training = training;
        this.instance = training.instance;
        this.kernels = training.kernels;
        this.samples = samples;
    }

    @Override
    public final int count() {
        training.requireOpen();
        return samples.count();
    }

    @Override
    public final double cost() {
        instance.state().enter();
        try {
            training.requireOpen();
            prepare();
            int count = samples.count();
            int capacity = kernels.capacity();
            double losses = 0;
            for (int s = 0; s < count; s += capacity) {
                losses += losses(s, Math.min(capacity, count - s), s * samples.outputs());
            }
            return losses / count;
        } finally {
            instance.state().leave();
        }
    }

    @Override
    public final double[] outputs() {
        float[] out = new float[samples.count() * samples.outputs()];
        instance.state().enter();
        try {
            training.requireOpen();
            prepare();
            int count = samples.count();
            int capacity = kernels.capacity();
            for (int s = 0; s < count; s += capacity) {
                predict(s, Math.min(capacity, count - s), out, s * samples.outputs());
            }
        } finally {
            instance.state().leave();
        }
        double[] wide = new double[out.length];
        for (int i = 0; i < out.length; i++) {
            wide[i] = out[i];
        }
        return wide;
    }

    /** Before the parts of a call. */
    void prepare() {
        instance.settle();
    }

    /** The sum of the losses of a part. */
    double losses(int from, int part, int yAt) {
        return kernels.cost(samples.x(), samples.at(from), samples.stride(), samples.y(), yAt, part, 1);
    }

    void predict(int from, int part, float[] out, int outAt) {
        kernels.predict(samples.x(), samples.at(from), samples.stride(), part, 1, out, outAt);
    }
}
