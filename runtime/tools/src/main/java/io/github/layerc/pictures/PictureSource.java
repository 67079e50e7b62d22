package io.github.layerc.pictures;

import io.github.layerc.network.Network;
import java.util.function.Consumer;

/**
 * Where the pictures of a training come from. To add one: a class that implements this, and its line in {@link PictureSources}.
 */
public interface PictureSource {

    /** The place, and what there is to say of it. */
    String description();

    /**
     * Refuses what can be refused before a picture is read or drawn.
     *
     * @throws io.github.layerc.data.DataException if the network takes no such pictures
     */
    void requireFits(Network network);

    /**
     * Reads all pictures, with the targets that a network has.
     *
     * @param notes takes lines that say what was done with what is there
     * @throws io.github.layerc.data.DataException if there is something wrong with the data, or they do not fit the network
     * @throws io.github.layerc.files.DataErrors if there are more things wrong with them
     */
    PictureSet read(Network network, Consumer<String> notes);
}
