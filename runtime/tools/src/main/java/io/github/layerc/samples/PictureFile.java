package io.github.layerc.samples;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.Pictures;
import java.nio.file.Path;
import java.util.List;

/** One picture. */
record PictureFile(Path path) implements SampleInput {

    @Override
    public boolean scalesPictures() {
        return true;
    }

    @Override
    public Samples read(Network network) {
        Pictures.requireFits(path, network);
        byte[] bytes = Pictures.read(path, network.input().shape());
        String name = path.getFileName().toString();
        return new Samples(List.of(name), Dataset.ofBytes(bytes, network.inputs()), List.of(), List.of());
    }
}
