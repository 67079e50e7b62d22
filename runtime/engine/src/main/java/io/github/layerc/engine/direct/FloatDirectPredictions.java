package io.github.layerc.engine.direct;

import io.github.layerc.engine.kernels.FloatBatch;
import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.step.FloatPredictions;
import io.github.layerc.engine.step.FloatSamples;
import java.util.function.Supplier;

/** Samples that are predicted like any others, but bound. */
public final class FloatDirectPredictions implements FloatPredictions {
    private final Supplier<? extends FloatStepKernels> kernels;
    private final FloatSamples samples;
    private final FloatBatch batch = new FloatBatch();

    public FloatDirectPredictions(Supplier<? extends FloatStepKernels> kernels, FloatSamples samples) {
        this.kernels = kernels;
        this.samples = samples;
    }

    @Override
    public void prepare(boolean own) {}

    @Override
    public double losses(int from, int part) {
        return kernels.get().cost(batch(from, part).targets(samples.y(from, part), samples.yAt(from)), 1);
    }

    @Override
    public void predict(int from, int part, float[] out, int outAt) {
        kernels.get().predict(batch(from, part), 1, out, outAt);
    }

    private FloatBatch batch(int from, int part) {
        return batch.samples(samples.x(from, part), samples.xAt(from), samples.stride(), part);
    }
}
