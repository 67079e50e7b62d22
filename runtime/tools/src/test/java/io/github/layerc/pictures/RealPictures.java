package io.github.layerc.pictures;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real cat / non-cat pictures, which are not part of this repository: beside the checkout, or where the property {@code layerc.data} says. */
public final class RealPictures {
    private RealPictures() {}

    /** Leaves the test out, with a line that says so, where the pictures are not there. */
    public static Path folder() {
        String named = System.getProperty("layerc.data", "");
        Path folder = named.isEmpty()
                ? Path.of("../../../shared/data")
                : Path.of(System.getProperty("layerc.startedIn", "")).resolve(named);
        boolean there = Files.isRegularFile(folder.resolve(PictureFiles.TRAIN_FILE));
        if (!there) {
            System.out.println("left out, since there are no cat pictures in "
                    + folder.toAbsolutePath().normalize() + ": set -Dlayerc.data=FOLDER");
        }
        Assumptions.assumeTrue(there, "cat pictures");
        return folder;
    }
}
