package io.github.layerc.source;

import io.github.layerc.network.Network;
import io.github.layerc.pictures.PictureFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The two HDF5 files of {@link PictureFiles}. */
record HdfPictures(Path folder) implements DataSource {

    /** One of them is enough: then the other one is what is missing. */
    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(PictureFiles.TRAIN_FILE))
                || Files.exists(folder.resolve(PictureFiles.TEST_FILE));
    }

    @Override
    public String description() {
        return folder.toString();
    }

    /** Any input can have the size of the pictures, which only the files tell. */
    @Override
    public void requireFits(Network network) {}

    @Override
    public TrainingSet read(Network network, Consumer<String> notes) {
        return TrainingSet.of(PictureFiles.read(folder).forNetwork(folder.resolve(PictureFiles.TRAIN_FILE), network));
    }
}
