package io.github.layerc.schedule;

import io.github.layerc.network.Network;
import io.github.layerc.program.op.Product;

/** Chooses how the kernels of one class are computed; what they compute is not its affair. */
public interface Scheduler {

    /** The layouts of workspace and parameters, which all kernels of a class share. */
    Storage storage(Network network);

    /**
     * The schedule of a product.
     *
     * @param storage what {@link #storage} has chosen
     */
    Schedule schedule(Product product, Storage storage);

    /**
     * The schedule of what the Gram form of the first layer adds to the pre-activations of all bound samples: rows are the layer's units, columns the
     * bound samples, and the samples of the step are summed over.
     *
     * @param units of the first layer
     */
    Schedule gram(int units);

    /** What the schedules of a class leave open. */
    Thresholds thresholds();

    /**
     * How many samples pass through all layers before the next ones do, where each can go its way alone: in predictions and costs.
     *
     * @return a multiple of {@link Machine#LANES_MULTIPLE}, 0 for all samples
     */
    int samplesInBlock(Network network);

    /** Where the schedules come from: a sentence for the documentation of the class. */
    String origin();
}
