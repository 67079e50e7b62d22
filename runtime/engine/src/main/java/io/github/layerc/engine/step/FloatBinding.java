package io.github.layerc.engine.step;

import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.function.Supplier;

/**
 * What a form of a training stands on: samples, bound to the kernels of an instance.
 *
 * @param gradients room for gradients in the layout of the kernels; every call that uses it begins with what it needs there
 * @param workers as many threads as the kernels have, to be closed behind their work
 */
public record FloatBinding(
        Network network,
        FloatStepKernels kernels,
        FloatSamples samples,
        TrainingSettings settings,
        Supplier<float[]> gradients,
        Supplier<Parallel> workers) {

    /** Whether the kernels can update the parameters by themselves, where their workspace holds the samples of the step. */
    public boolean fused() {
        return FloatUpdate.isAddition(network, settings);
    }

    /** The update of the parameters, for steps that are not fused. */
    public FloatParameterUpdate update() {
        boolean split = settings.batchOf(samples.count()) > kernels.capacity();
        return new FloatParameterUpdate(this, !fused() || split);
    }
}
