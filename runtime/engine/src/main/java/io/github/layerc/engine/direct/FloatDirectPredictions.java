package io.github.layerc.engine.direct;

import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.step.FloatPredictions;
import io.github.layerc.engine.step.FloatSamples;

/** Samples that are predicted like any others, but bound. */
public record FloatDirectPredictions(FloatStepKernels kernels, FloatSamples samples) implements FloatPredictions {

    @Override
    public void prepare(boolean own) {}

    @Override
    public double losses(int from, int part, int yAt) {
        return kernels.cost(samples.x(), samples.at(from), samples.stride(), samples.y(), yAt, part, 1);
    }

    @Override
    public void predict(int from, int part, float[] out, int outAt) {
        kernels.predict(samples.x(), samples.at(from), samples.stride(), part, 1, out, outAt);
    }
}
