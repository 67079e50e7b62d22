package io.github.layerc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;
import io.github.layerc.pictures.PictureSet;
import io.github.layerc.pictures.Pictures;
import io.github.layerc.training.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The picture of one's own at the end of the notebook, a cat of 1024 x 681 pixels: NumPy's parameters give it 0.97 to 0.98, whatever filter makes it 64 x 64.
 */
class OwnPictureTest {

    @Test
    void isACat() {
        PictureSet pictures = RealPictures.read();
        byte[] cat = Pictures.read(ownPicture(), CatNet4.NETWORK.input().shape());
        Variant variant = new Variant("cat4.yaml", Precision.DOUBLE);
        try (Engine engine = variant.open(Target.VECTOR, pictures.train().count())) {
            train(engine, pictures);
            assertThat(engine.predict(Dataset.ofBytes(cat, cat.length))[0]).isBetween(0.97, 0.98);
        }
    }

    /** As a program does it: load, read, predict. */
    @Test
    void isPredictedByAClassThatLoadsItsModel(@TempDir Path folder) {
        PictureSet pictures = RealPictures.read();
        Path model = folder.resolve("model.h5");
        try (FloatEngine trained = CatNet4.create(pictures.train().count())) {
            train(trained, pictures);
            trained.save(model);
        }
        byte[] pixels = Pictures.read(ownPicture(), List.of(64, 64, 3));
        Dataset cat = Dataset.ofBytes(pixels, pixels.length);
        try (CatNet4 net = CatNet4.create(1)) {
            net.load(model);
            assertThat(net.predictClass(cat)).containsExactly(1);
            assertThat(net.predict(cat)[0]).isGreaterThan(0.9);
        }
    }

    private static void train(Engine engine, PictureSet pictures) {
        engine.initialize();
        new Trainer(engine.network().training(), 100).train(engine, pictures.train());
    }

    private static Path ownPicture() {
        Path file = RealPictures.folder().resolve("my_image.jpg");
        Assumptions.assumeTrue(Files.exists(file), file.toString());
        return file;
    }
}
