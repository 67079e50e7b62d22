package io.github.layerc.source;

import io.github.layerc.network.Network;
import java.util.function.Consumer;

/**
 * Where the samples of a training come from. To add one: a class that implements this, and its line in {@link DataSources}.
 */
public interface DataSource {

    /** The place, and what there is to say of it. */
    String description();

    /**
     * Refuses what can be refused before a sample is read or drawn.
     *
     * @throws io.github.layerc.data.DataException if the network takes no such samples
     */
    void requireFits(Network network);

    /**
     * Reads all samples, with the targets that a network has.
     *
     * @param notes takes lines that say what was done with what is there
     * @throws io.github.layerc.data.DataException if there is something wrong with the data, or they do not fit the network
     * @throws io.github.layerc.files.DataErrors if there are more things wrong with them
     */
    TrainingSet read(Network network, Consumer<String> notes);
}
