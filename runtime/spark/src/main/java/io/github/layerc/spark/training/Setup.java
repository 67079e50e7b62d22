package io.github.layerc.spark.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.spark.scoring.NetworkModel;

/**
 * What every strategy begins with.
 *
 * @param start the class with its first parameters
 * @param tolerance a training ends where the cost changes by less than this share of it, 0 for never
 */
record Setup(Cluster cluster, NetworkModel start, StepSettings steps, double tolerance) {
    TrainingSettings settings() {
        return steps.of(start.network());
    }

    /** @param what an iteration or a round is called */
    Progress progress(String what) {
        return new Progress(what, settings().earlyStopping(), tolerance);
    }

    /** For a training at the driver, whose state is set and whose updates are given gradients of other rows: it needs some. */
    Dataset noRows() {
        Network network = start.network();
        double[] sample = new double[network.inputs()];
        return network.loss().classifies()
                ? Dataset.of(sample, network.inputs(), new int[1], network.outputs())
                : Dataset.of(sample, network.inputs(), new double[network.outputs()], network.outputs());
    }
}
