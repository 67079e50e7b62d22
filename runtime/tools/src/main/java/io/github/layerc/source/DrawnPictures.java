package io.github.layerc.source;

import io.github.layerc.network.Network;
import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.SyntheticPictures;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The pictures that {@link SyntheticPictures} draws.
 *
 * @param folder where they stay
 */
public record DrawnPictures(Path folder) implements DataSource {

    @Override
    public String description() {
        return folder + ", drawn by layerc";
    }

    @Override
    public void requireFits(Network network) {
        SyntheticPictures.requireFits(network);
    }

    @Override
    public TrainingSet read(Network network, Consumer<String> notes) {
        return TrainingSet.of(
                SyntheticPictures.readOrDraw(folder).forNetwork(folder.resolve(PictureFiles.TRAIN_FILE), network));
    }
}
