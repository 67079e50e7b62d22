package io.github.layerc.metrics;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.TargetRule;
import io.github.layerc.table.Fitted;
import java.util.ArrayList;
import java.util.List;

/** Outputs and targets of a regression in the units of the columns that it predicts: the transformations that it was trained with are undone. */
public final class OwnUnits {
    private OwnUnits() {}

    /**
     * Each target by itself, since units differ: outcomes of one output for each sample.
     *
     * @param outputs of the network, row-major {@code [samples][targets]}
     * @param data with the targets that the network was trained with
     * @param fitted what the table has learned, which has a target for each output
     * @param rule of the targets of the network's loss
     */
    public static List<Outcomes> of(double[] outputs, Dataset data, Fitted fitted, TargetRule rule) {
        int units = data.outputs();
        if (fitted.table().targets().size() != units) {
            throw new IllegalArgumentException("a table must have a target for each output: targets="
                    + fitted.table().targets().size() + ", outputs=" + units);
        }
        List<Outcomes> all = new ArrayList<>();
        for (int t = 0; t < units; t++) {
            double[] predicted = new double[data.count()];
            double[] targets = new double[data.count()];
            for (int s = 0; s < data.count(); s++) {
                predicted[s] = fitted.undo(t, outputs[s * units + t]);
                targets[s] = fitted.undo(t, data.target(s, t));
            }
            // a data set must have samples, of which outcomes know nothing
            all.add(new Outcomes(predicted, Dataset.ofBytes(new byte[targets.length], 1, targets, 1), rule));
        }
        return all;
    }
}
