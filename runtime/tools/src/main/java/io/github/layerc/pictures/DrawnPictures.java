package io.github.layerc.pictures;

import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The pictures that {@link SyntheticPictures} draws.
 *
 * @param folder where they stay
 */
public record DrawnPictures(Path folder) implements PictureSource {

    @Override
    public String description() {
        return folder + ", drawn by layerc";
    }

    @Override
    public void requireFits(Network network) {
        SyntheticPictures.requireFits(network);
    }

    @Override
    public PictureSet read(Network network, Consumer<String> notes) {
        return SyntheticPictures.readOrDraw(folder).forNetwork(folder.resolve(PictureFiles.TRAIN_FILE), network);
    }
}
