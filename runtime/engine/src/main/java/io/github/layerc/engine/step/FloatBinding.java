package io.github.layerc.engine.step;

import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a form of a training stands on: samples, bound to the kernels of an instance.
 *
 * @param kernels that train
 * @param predicting those that predict, with the parameters of now
 * @param weights of the samples, empty where all count alike
 * @param gradients room for gradients in the layout of the kernels; every call that uses it begins with what it needs there
 * @param workers as many threads as the kernels have, to be closed behind their work
 */
public record FloatBinding(
        Network network,
        FloatStepKernels kernels,
        Supplier<? extends FloatStepKernels> predicting,
        FloatSamples samples,
        TrainingSettings settings,
        Optional<WeightGroups> weights,
        Supplier<float[]> gradients,
        Supplier<Parallel> workers) {

    /** Whether the kernels can update the parameters by themselves, where their workspace holds the samples of the step. */
    public boolean fused() {
        return FloatUpdate.isAddition(network, settings) && weights.isEmpty();
    }

    /**
     * Samples of a step that have to be copied side by side.
     *
     * @param size samples of the step
     * @param consecutive whether they follow each other: with weights, those of one weight need not do so all the same, but are no more than for one call
     */
    public int copies(int size, boolean consecutive) {
        if (weights.isPresent()) {
            return Math.min(size, kernels.capacity());
        }
        return consecutive ? 0 : size;
    }

    /** The same for the largest step of the settings. */
    public int copies() {
        int size = settings.batchOf(samples.count());
        return copies(size, size == samples.count());
    }

    /** The update of the parameters, for steps that are not fused. */
    public FloatParameterUpdate update() {
        boolean split = settings.batchOf(samples.count()) > kernels.capacity();
        return new FloatParameterUpdate(this, !fused() || split);
    }
}
