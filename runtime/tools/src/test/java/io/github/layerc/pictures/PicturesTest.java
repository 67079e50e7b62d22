package io.github.layerc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.pictures.image.PictureFixture;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PicturesTest {
    @TempDir
    private Path folder;

    @Test
    void readsColours() {
        Path file = PictureFixture.write(folder.resolve("a.png"), new Color(10, 20, 200));
        assertThat(Pictures.read(file, List.of(1, 2, 3))).containsExactly(10, 20, 200, 10, 20, 200);
    }

    /** The luma of BT.601. */
    @ParameterizedTest
    @CsvSource({"255, 0, 0, 76", "0, 255, 0, 150", "0, 0, 255, 29", "255, 255, 255, 255", "77, 77, 77, 77"})
    void readsGrey(int red, int green, int blue, int expected) {
        Path file = PictureFixture.write(folder.resolve("a.png"), new Color(red, green, blue));
        assertThat(Pictures.read(file, List.of(1, 1, 1))).containsExactly(expected);
        assertThat(Pictures.read(file, List.of(2, 1))).containsExactly(expected, expected);
    }

    @Test
    void readsManyInTheirOrder() {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            files.add(PictureFixture.write(folder.resolve(i + ".png"), new Color(i, i, i)));
        }
        byte[] all = Pictures.readAll(folder, files, List.of(1, 1));
        for (int i = 0; i < 200; i++) {
            assertThat(all[i] & 0xff).isEqualTo(i);
        }
    }

    @Test
    void namesAllThatCannotBeRead() {
        Path good = PictureFixture.write(folder.resolve("a.png"), Color.RED);
        Path empty = PictureFixture.write(folder.resolve("b.png"), new byte[0]);
        Path missing = folder.resolve("c\n.png");
        assertThatThrownBy(() -> Pictures.readAll(folder, List.of(empty, good, missing), List.of(1, 1)))
                .isInstanceOf(DataErrors.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        empty + ": empty file: expected a picture, PNG, JPEG or GIF: found 0 bytes",
                        folder + "/c .png: no such file: expected a picture, PNG, JPEG or GIF: found nothing",
                        "2 errors in " + folder));
        assertThatThrownBy(() -> Pictures.readAll(folder, List.of(good, empty), List.of(1, 1)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(empty + ": empty file");
    }

    @Test
    void printsTheFirstOfManyErrors() {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            files.add(folder.resolve(i + ".png"));
        }
        assertThatThrownBy(() -> Pictures.readAll(folder, files, List.of(1, 1)))
                .message()
                .hasLineCount(22)
                .contains("19.png: no such file", "... and 5 more", "25 errors in " + folder)
                .doesNotContain("20.png");
    }

    @Test
    void refusesMoreThanAnArrayHolds() {
        Path file = folder.resolve("a.png");
        assertThatThrownBy(() -> Pictures.readAll(folder, List.of(file, file, file), List.of(30_000, 30_000)))
                .isInstanceOf(DataException.class)
                .hasMessage(folder + ": too many pictures: expected at most 2: found 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.PNG", "a.b.Jpg", ".jpeg", "x.GIF"})
    void knowsPicturesByTheirNames(String name) {
        assertThat(Pictures.isNamedAsPicture(Path.of(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png.txt", "a.bmp", "a.", "a.jpg~"})
    void knowsWhatHasAnotherName(String name) {
        assertThat(Pictures.isNamedAsPicture(Path.of(name))).isFalse();
    }

    @Test
    void refusesShapesThatArePicturesOfNothing() {
        List<Integer> shape = List.of(4, 4, 2);
        assertThatThrownBy(() -> Pictures.read(folder, shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape of pictures must be (height, width, 3), (height, width, 1) or (height, width):"
                        + " shape=[4, 4, 2]");
        Network network = Network.builder("", "Net")
                .input(new Input(List.of(48), Scale.ONE))
                .layer(1, Activation.SIGMOID)
                .build();
        assertThatThrownBy(() -> Pictures.requireFits(folder, network))
                .isInstanceOf(DataException.class)
                .hasMessage(folder + ": network Net takes no pictures: expected input shape (height, width, 3),"
                        + " (height, width, 1) or (height, width): found [48]");
    }
}
