package io.github.layerc.samples;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Pictures;
import io.github.layerc.pictures.folder.PictureTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All pictures of a folder and of the folders in it, in the order of their names. */
record PictureFolder(Path path) implements SampleInput {

    @Override
    public boolean scalesPictures() {
        return true;
    }

    @Override
    public Samples read(Network network) {
        Pictures.requireFits(path, network);
        PictureTree tree = PictureTree.read(path);
        if (tree.pictures().isEmpty()) {
            throw DataException.of(
                    path, "no pictures", ".jpg, .jpeg, .png or .gif files", tree.skipped() + " files of other names");
        }
        byte[] bytes = Pictures.readAll(path, tree.pictures(), network.input().shape());
        List<String> names = tree.pictures().stream()
                .map(file -> path.relativize(file).toString())
                .toList();
        List<String> notes = new ArrayList<>();
        tree.note(notes::add);
        return new Samples(names, Dataset.ofBytes(bytes, network.inputs()), List.of(), notes);
    }
}
