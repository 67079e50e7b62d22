package io.github.layerc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.data.Dataset;
import io.github.layerc.hdf5.HdfFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyntheticPicturesTest {
    private static final String TRAIN_SHA256 = "c280f597aa86095496ab68444e88e1b22406570e40c7cb91189f2566ee5f527a";
    private static final String TEST_SHA256 = "4f8d45913395bfb81272b0a435a199f625a1f3cfafba9763cdfb107fadcbab07";

    @TempDir
    private Path folder;

    /** The bytes themselves, since they must be the same on every JVM; after an intended change of the drawings, raise their version too. */
    @Test
    void drawsTheSamePicturesEverywhere() {
        PictureSet pictures = SyntheticPictures.draw();

        assertThat(pictures.shape()).containsExactly(64, 64, 3);
        assertThat(pictures.train().count()).isEqualTo(209);
        assertThat(pictures.test().count()).isEqualTo(50);
        assertThat(ones(pictures.train())).isEqualTo(73);
        assertThat(ones(pictures.test())).isEqualTo(18);
        assertThat(sha256(pictures.train())).isEqualTo(TRAIN_SHA256);
        assertThat(sha256(pictures.test())).isEqualTo(TEST_SHA256);
    }

    @Test
    void drawsByItsSeed() {
        PictureSet pictures = SyntheticPictures.draw(7, 4, 2);
        assertThat(pictures.train().count()).isEqualTo(4);
        assertThat(pictures.test().count()).isEqualTo(2);
        assertThat(sha256(pictures.train()))
                .isEqualTo(sha256(SyntheticPictures.draw(7, 4, 2).train()))
                .isNotEqualTo(sha256(SyntheticPictures.draw(8, 4, 2).train()));
    }

    /** A network must not get far by brightness or colour alone. */
    @Test
    void givesBothClassesTheSameBrightness() {
        Dataset data = SyntheticPictures.draw().train();
        double[] sums = new double[2];
        double[] counts = new double[2];
        for (int s = 0; s < data.count(); s++) {
            for (int i = 0; i < data.features(); i++) {
                sums[(int) data.target(s, 0)] += data.sample(s, i);
            }
            counts[(int) data.target(s, 0)] += data.features();
        }
        assertThat(sums[1] / counts[1] - sums[0] / counts[0]).isBetween(-5.0, 5.0);
    }

    @Test
    void writesTheFilesOnceAndReadsThem() throws IOException {
        Path made = folder.resolve("made");
        PictureSet read = SyntheticPictures.readOrDraw(made);
        assertThat(sha256(read.train())).isEqualTo(TRAIN_SHA256);
        assertThat(sha256(read.test())).isEqualTo(TEST_SHA256);
        assertThat(made).isDirectoryNotContaining("glob:**.part");

        Path train = made.resolve(PictureFiles.TRAIN_FILE);
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(train, old);
        SyntheticPictures.readOrDraw(made);
        assertThat(Files.getLastModifiedTime(train)).isEqualTo(old);

        Files.delete(made.resolve(PictureFiles.TEST_FILE));
        SyntheticPictures.readOrDraw(made);
        assertThat(made.resolve(PictureFiles.TEST_FILE)).exists();
    }

    @Test
    void drawsAgainWhatAnotherVersionDrew() {
        PictureFiles.write(folder, SyntheticPictures.draw(7, 4, 2), "drawn by layerc, version 0, seed 7");

        assertThat(SyntheticPictures.readOrDraw(folder).train().count()).isEqualTo(209);
    }

    @Test
    void neverReplacesPicturesOfSomebodyElse() {
        Path file = HdfFixture.pictures("test", 3).write(folder.resolve(PictureFiles.TEST_FILE));

        assertThatThrownBy(() -> SyntheticPictures.readOrDraw(folder))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": pictures would be replaced by drawn ones: expected no file or one that was "
                        + "drawn before: found a file of unknown origin");
    }

    @Test
    void refusesAFolderThatCannotBe() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> SyntheticPictures.readOrDraw(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": not a folder: expected a folder for results: found a file at " + file);
        assertThatThrownBy(() -> SyntheticPictures.readOrDraw(file.resolve("in/it")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file.resolve("in/it") + ": ")
                .hasMessageNotContaining("\n");
    }

    private static int ones(Dataset data) {
        int ones = 0;
        for (int s = 0; s < data.count(); s++) {
            ones += data.target(s, 0) == 1 ? 1 : 0;
        }
        return ones;
    }

    private static String sha256(Dataset data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int s = 0; s < data.count(); s++) {
                digest.update((byte) data.target(s, 0));
                for (int i = 0; i < data.features(); i++) {
                    digest.update((byte) data.sample(s, i));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
