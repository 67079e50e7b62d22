package io.github.layerc.engine.gram;

import io.github.layerc.engine.kernels.FloatGramBatch;
import io.github.layerc.engine.kernels.FloatGramKernels;
import io.github.layerc.engine.kernels.FloatStepKernels;
import io.github.layerc.engine.step.Rehearsal;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Steps in Gram form with made-up numbers, so that the JIT compiler has their kernels ready when the first true step comes. */
final class FloatGramRehearsal implements Rehearsal {
    private static final float FACTOR = 1e-6f;

    private final FloatStepKernels kernels;
    private final Supplier<float[]> gradients;
    private final int units;
    private final int outputs;

    /**
     * A rehearsal.
     *
     * @param gradients room for them
     * @param units of the first layer
     */
    FloatGramRehearsal(FloatStepKernels kernels, Supplier<float[]> gradients, int units, int outputs) {
        this.kernels = kernels;
        this.gradients = gradients;
        this.units = units;
        this.outputs = outputs;
    }

    @Override
    public void rehearse(BooleanSupplier more) {
        float[] parameters = kernels.parameters();
        for (int i = kernels.places()[1]; i < parameters.length; i++) {
            parameters[i] = madeUp(i);
        }
        int number = kernels.capacity();
        FloatGramKernels gram = kernels.gram().orElseThrow();
        FloatGramState state = new FloatGramState(units, number);
        int stride = FloatGramState.padded(number);
        float[] products = new float[number * stride];
        float[][] deltas = FloatGramState.rows(units, number);
        makeUp(products);
        for (float[] row : state.preActivations()) {
            makeUp(row);
        }
        float[] y = new float[number * outputs];
        for (int s = 0; s < number; s++) {
            y[s * outputs] = s % 2;
        }
        FloatGramBatch batch = new FloatGramBatch()
                .samples(state.preActivations(), 0, number)
                .products(products, 0, stride)
                .targets(y, 0);
        while (more.getAsBoolean()) {
            gram.gramStep(batch, deltas, state.preActivationChanges(), gradients.get(), FACTOR);
            state.addDeltas(deltas, FACTOR);
            state.advance();
        }
    }

    private static void makeUp(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = madeUp(i);
        }
    }

    /** From -1 to 1. */
    private static float madeUp(int i) {
        return i * 37 % 65 / 32f - 1;
    }
}
