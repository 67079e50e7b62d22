package io.github.layerc.engine.check;

import io.github.layerc.data.TrainingState;
import io.github.layerc.network.Form;
import io.github.layerc.network.Precision;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a training can go on from a state. */
public final class StateRules {
    private StateRules() {}

    /**
     * Checks a state.
     *
     * @param lengths of the arrays of the training, by name, in their order
     * @throws IllegalArgumentException if the state is of another form or other arrays, or not finite in the precision
     */
    public static void requireFits(TrainingState state, Form form, Map<String, Integer> lengths, Precision precision) {
        if (state.form() != form) {
            throw new IllegalArgumentException("state must be of form " + form.keyword() + ": form="
                    + state.form().keyword());
        }
        Map<String, Integer> found = new LinkedHashMap<>();
        state.arrays().forEach((name, array) -> found.put(name, array.length));
        if (!found.equals(lengths)) {
            throw new IllegalArgumentException(
                    "state must be of this network, optimizer and number of samples: expected arrays " + lengths
                            + ": arrays=" + found);
        }
        state.arrays().forEach((name, array) -> {
            for (int i = 0; i < array.length; i++) {
                if (!Double.isFinite(precision.rounded(array[i]))) {
                    throw new IllegalArgumentException(
                            "state must be " + precision.finite(array[i]) + ": " + name + "[" + i + "]=" + array[i]);
                }
            }
        });
    }
}
