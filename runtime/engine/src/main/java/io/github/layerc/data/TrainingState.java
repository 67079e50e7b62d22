package io.github.layerc.data;

import io.github.layerc.network.Form;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a training stands: all that its next steps depend on besides its data and its settings, so that another training of the same network, data and
 * settings goes on in the same bits. It is more than the parameters: what the optimizer keeps, and in Gram form the numbers that stand for
 * the weights of the first layer.
 *
 * @param form that the training has
 * @param arrays by name, in the order in which the form keeps them, floats widened to double; nobody may write to them, since states of one training share
 *     those that no step changes
 */
public record TrainingState(Form form, Map<String, double[]> arrays) {

    public TrainingState {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /**
     * Whether all numbers are finite: a training that has diverged has a state that is of no use.
     *
     * @param earlier a state of the same training that is: arrays that it shares are not looked at again
     */
    public boolean isFinite(Optional<TrainingState> earlier) {
        Map<String, double[]> known = earlier.map(TrainingState::arrays).orElse(Map.of());
        return arrays.entrySet().stream()
                .allMatch(array -> known.get(array.getKey()) == array.getValue() || isFinite(array.getValue()));
    }

    private static boolean isFinite(double[] array) {
        for (double value : array) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
