package io.github.layerc.report;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.OutputClass;
import io.github.layerc.metrics.Outcomes;
import io.github.layerc.metrics.OwnUnits;
import io.github.layerc.network.TargetRule;
import io.github.layerc.table.Fitted;
import java.util.List;

/** A data set, and what a network made of it. */
public final class Predictions {
    private final String name;
    private final Dataset data;
    private final double[] outputs;
    private final TargetRule rule;
    private final Outcomes outcomes;

    /**
     * All samples of a data set.
     *
     * @param name such as {@code training set}
     * @param outputs row-major {@code [samples][outputs]}; not copied
     * @param rule of the targets of the network's loss
     * @throws IllegalArgumentException if there are not as many outputs as targets
     */
    public Predictions(String name, Dataset data, double[] outputs, TargetRule rule) {
        if (outputs.length != (long) data.count() * data.outputs()) {
            throw new IllegalArgumentException(name + ": outputs must be as many as targets, "
                    + (long) data.count() * data.outputs() + ": outputs=" + outputs.length);
        }
        this.name = name;
        this.data = data;
        this.outputs = outputs;
        this.rule = rule;
        this.outcomes = new Outcomes(outputs, data, rule);
    }

    /** Of a regression, each target in its own unit. */
    List<Outcomes> ownUnits(Fitted fitted) {
        return OwnUnits.of(outputs, data, fitted, rule);
    }

    Outcomes outcomes() {
        return outcomes;
    }

    String name() {
        return name;
    }

    Dataset data() {
        return data;
    }

    int count() {
        return data.count();
    }

    double output(int sample, int unit) {
        return outputs[sample * data.outputs() + unit];
    }

    /** See {@link OutputClass}; -1 where an output is no number. */
    int predictedClass(int sample) {
        return OutputClass.of(rule, data.outputs(), unit -> output(sample, unit));
    }

    int targetClass(int sample) {
        return data.targetClass(sample, rule);
    }

    boolean isRight(int sample) {
        return predictedClass(sample) == targetClass(sample);
    }

    /** Whether outputs are probabilities of classes. */
    boolean areProbabilities() {
        return rule.probabilities();
    }

    /** What the network gives to the class that it predicts, a probability or a margin; NaN where it predicts none. */
    double certainty(int sample) {
        int predicted = predictedClass(sample);
        if (predicted < 0) {
            return Double.NaN;
        }
        if (data.outputs() > 1) {
            return output(sample, predicted);
        }
        return predicted == 1 ? output(sample, 0) : 2 * rule.threshold() - output(sample, 0);
    }

    /** The output that decides on a sample: that of the predicted class, or the only one. */
    int decidingOutput(int sample) {
        return data.outputs() == 1 ? 0 : Math.max(0, predictedClass(sample));
    }

    double[] sample(int sample) {
        double[] values = new double[data.features()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.sample(sample, i);
        }
        return values;
    }
}
