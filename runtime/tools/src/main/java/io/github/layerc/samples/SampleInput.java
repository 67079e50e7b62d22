package io.github.layerc.samples;

import io.github.layerc.network.Network;

/** Where samples come from. To add one: a class that implements this, and its line in {@link SampleInputs}. */
public interface SampleInput {

    /** Whether samples are pictures that are scaled to the size that the network takes. */
    boolean scalesPictures();

    /**
     * Reads all samples.
     *
     * @throws io.github.layerc.data.DataException if there is something wrong with the data, or they do not fit the network
     * @throws io.github.layerc.files.DataErrors if there are more things wrong with them
     */
    Samples read(Network network);
}
