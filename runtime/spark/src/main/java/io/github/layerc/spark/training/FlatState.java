package io.github.layerc.spark.training;

import io.github.layerc.data.TrainingState;
import io.github.layerc.engine.Training;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state of a training, parameters and what its optimizer keeps, as one array that can be averaged. A mean number of updates is rounded down. */
final class FlatState implements Serializable {
    private static final long serialVersionUID = 1;

    private final double[] values;

    /** @param values all arrays of a state in their order */
    FlatState(double... values) {
        this.values = values.clone();
    }

    /** The state of a training. */
    static FlatState of(Training training) {
        Map<String, double[]> arrays = training.state().arrays();
        double[] all = new double
                [arrays.values().stream().mapToInt(array -> array.length).sum()];
        int at = 0;
        for (double[] array : arrays.values()) {
            System.arraycopy(array, 0, all, at, array.length);
            at += array.length;
        }
        return new FlatState(all);
    }

    /** Makes a training go on from here; its network and settings are the same. */
    void restore(Training training) {
        TrainingState now = training.state();
        Map<String, double[]> arrays = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, double[]> array : now.arrays().entrySet()) {
            int end = at + array.getValue().length;
            arrays.put(array.getKey(), Arrays.copyOfRange(values, at, end));
            at = end;
        }
        training.restore(new TrainingState(now.form(), arrays));
    }

    int size() {
        return values.length;
    }

    double at(int i) {
        return values[i];
    }
}
