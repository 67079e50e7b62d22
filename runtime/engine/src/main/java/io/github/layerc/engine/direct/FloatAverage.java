package io.github.layerc.engine.direct;

import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.search.FloatPlaces;
import io.github.layerc.engine.step.StatePart;

/**
 * The exponential average of the parameters, {@code a = d a + (1 - d) p} after each step, from those before the first step on. It is in double in both
 * precisions: of a change of {@code (1 - d) (p - a)} a float would lose most. While it is in the place of the parameters, these lie aside.
 *
 * <p>Laid out as the parameters; what becomes of the padding does not matter.
 */
final class FloatAverage {
    private final FloatStepKernels kernels;
    private final FloatPlaces places;
    private final double decay;
    private final double[] average;
    private final float[] aside;
    private boolean used;

    FloatAverage(FloatStepKernels kernels, int parameterCount, double decay) {
        this.kernels = kernels;
        this.places = new FloatPlaces(kernels, 0, parameterCount);
        this.decay = decay;
        this.average = new double[kernels.parameters().length];
        this.aside = new float[average.length];
    }

    /** Starts from the parameters as they are: something else has set them. */
    void restart() {
        float[] parameters = kernels.parameters();
        for (int i = 0; i < average.length; i++) {
            average[i] = parameters[i];
        }
        used = false;
    }

    /** Takes the parameters after a step. */
    void add() {
        float[] parameters = kernels.parameters();
        double rest = 1 - decay;
        for (int i = 0; i < average.length; i++) {
            average[i] = decay * average[i] + rest * parameters[i];
        }
    }

    /** Puts the average in the place of the parameters, or these back. */
    void use(boolean wanted) {
        if (wanted == used) {
            return;
        }
        float[] parameters = kernels.parameters();
        used = wanted;
        if (!wanted) {
            System.arraycopy(aside, 0, parameters, 0, aside.length);
            return;
        }
        System.arraycopy(parameters, 0, aside, 0, aside.length);
        for (int i = 0; i < average.length; i++) {
            parameters[i] = (float) average[i];
        }
    }

    /** Called when the parts of a state have been written, the parameters of the last step among them. */
    void restored() {
        used = false;
    }

    /** In the canonical order. */
    StatePart state() {
        return new StatePart(
                "average",
                places.count(),
                () -> {
                    double[] canonical = new double[places.count()];
                    for (int i = 0; i < canonical.length; i++) {
                        canonical[i] = average[places.of(i)];
                    }
                    return canonical;
                },
                canonical -> {
                    for (int i = 0; i < canonical.length; i++) {
                        average[places.of(i)] = canonical[i];
                    }
                });
    }
}
