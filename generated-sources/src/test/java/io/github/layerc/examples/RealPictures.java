package io.github.layerc.examples;

import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.PictureSet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The real cat / non-cat pictures, which are not part of this repository: where the property {@code layerc.data} says, relative to the directory
 * in which Maven was started, or else beside the checkout.
 */
final class RealPictures {
    private RealPictures() {}

    static PictureSet read() {
        return PictureFiles.read(folder());
    }

    /** Leaves the test out, with a line that says so, where the pictures are not there. */
    static Path folder() {
        String named = System.getProperty("layerc.data", "");
        Path folder = named.isEmpty()
                ? Path.of("../../shared/data")
                : Path.of(System.getProperty("layerc.startedIn", "")).resolve(named);
        boolean there = Files.isRegularFile(folder.resolve("train_catvnoncat.h5"));
        if (!there) {
            System.out.println("left out, since there are no cat pictures in "
                    + folder.toAbsolutePath().normalize() + ": set -Dlayerc.data=FOLDER");
        }
        Assumptions.assumeTrue(there, "cat pictures");
        return folder;
    }
}
