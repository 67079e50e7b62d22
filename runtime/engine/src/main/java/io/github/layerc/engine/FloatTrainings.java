package io.github.layerc.engine;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.direct.FloatDirectForm;
import io.github.layerc.engine.gram.FloatGramForm;
import io.github.layerc.engine.gram.FormChoice;
import io.github.layerc.engine.kernels.FloatPredicting;
import io.github.layerc.engine.step.FloatBinding;
import io.github.layerc.engine.step.FloatSamples;
import io.github.layerc.engine.step.Parallel;
import io.github.layerc.engine.step.WeightGroups;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sets up the trainings of an instance: binds data, chooses the form.
 *
 * @param gradients room for gradients in the layout of the kernels
 */
record FloatTrainings(FloatInstance instance, FloatPredicting predicting, Supplier<float[]> gradients) {
    private static final int FIRST = FloatSamples.FIRST;

    Training training(Dataset data, TrainingSettings settings) {
        Network network = instance.description();
        FloatKernels kernels = instance.kernels();
        Optional<WeightGroups> weights = WeightGroups.of(network, data, settings);
        if (weights.isPresent()) {
            network.requireNoBatchNorm("weights");
        }
        long heap = Runtime.getRuntime().maxMemory();
        FormChoice choice = FormChoice.of(
                network,
                settings,
                data.count(),
                weights.isPresent(),
                kernels.gram().isPresent(),
                heap);
        boolean parts = choice.form() == Form.DIRECT && settings.batchOf(data.count()) < data.count();
        FloatSamples samples = new FloatSamples(network, data, kernels.capacity(), parts);
        FloatBinding binding = new FloatBinding(
                network, kernels, predicting::kernels, samples, settings, weights, gradients, this::workers);
        if (choice.form() == Form.GRAM) {
            try {
                return new FloatTraining(instance, binding, choice, new FloatGramForm(binding));
            } catch (OutOfMemoryError e) {
                // only an attempt tells: it makes the JVM collect what is garbage
                choice = FormChoice.withoutRoom(network, settings, samples.count(), weights.isPresent(), heap);
            }
        }
        return new FloatTraining(instance, binding, choice, direct(binding));
    }

    private Parallel workers() {
        return Workers.parallel(
                instance.description().name() + "-gram", instance.kernels().threads());
    }

    private FloatDirectForm direct(FloatBinding binding) {
        FloatSamples samples = binding.samples();
        int count = samples.count();
        int inputs = samples.inputs();
        int width = binding.weights().isPresent() ? 0 : panelWidth(samples);
        float[] panels = new float[width == 0 ? 0 : FIRST + padded(count, width) * inputs];
        float[] strips = new float[width == 0 ? 0 : FIRST + padded(inputs, width) * count];
        if (width > 0) {
            FloatPacking.panels(samples.x(), FIRST, samples.stride(), count, inputs, width, panels, FIRST);
            FloatPacking.strips(samples.x(), FIRST, samples.stride(), count, inputs, width, strips, FIRST);
        }
        return new FloatDirectForm(binding, panels, strips);
    }

    /** Samples of a panel, 0 where a step over all samples has no use for panels, or no array can hold them. */
    private int panelWidth(FloatSamples samples) {
        int width = instance.kernels().panelWidth();
        boolean fits = !samples.areStored()
                && ((long) samples.count() + width) * ((long) samples.inputs() + width)
                        <= Integer.MAX_VALUE - 16 - FIRST;
        return fits && samples.count() <= instance.kernels().capacity() ? width : 0;
    }

    private static int padded(int size, int width) {
        return (size + width - 1) / width * width;
    }
}
