package io.github.layerc.samples;

import static io.github.layerc.samples.SampleNetwork.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.array.ArrayFixture;
import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.pictures.image.PictureFixture;
import java.awt.Color;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SampleInputsTest {
    private static final String KINDS =
            "a folder of pictures, .jpg, .jpeg, .png, .gif, .h5, .hdf5, .csv, .npy, .npz, IDX";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.JPG, PictureFile",
        "a.png, PictureFile",
        "a.h5, HdfSamples",
        "a.HDF5, HdfSamples",
        "a.csv, CsvSamples",
        "a.Npy, ArraySamples",
        "a.npy.gz, ArraySamples",
        "a.npz, NpzSamples",
        "a.idx, ArraySamples",
        "t10k-images-idx3-ubyte.gz, ArraySamples",
        "t10k-images.idx3-ubyte, ArraySamples"
    })
    void knowsKindsByTheirNames(String name, String kind) {
        SampleInput input = find(PictureFixture.write(folder.resolve(name), new byte[] {1}));
        assertThat(input.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(input.scalesPictures()).isEqualTo(kind.equals("PictureFile"));
    }

    /** Whatever it is called. */
    @Test
    void knowsArraysByTheirContent() {
        byte[] npy = ArrayFixture.npy("<f4", "(1, 2)", 1, 2);
        byte[] idx = ArrayFixture.idx(new int[] {1, 2}, 1, 2);
        byte[] npz = ArrayFixture.npz(true, Map.of("x", npy));
        for (byte[] bytes : List.of(npy, ArrayFixture.gzip(npy), idx, ArrayFixture.gzip(idx), npz)) {
            for (String name : List.of("data", "a.csv.gz", "a.h5")) {
                Path file = PictureFixture.write(folder.resolve(name), bytes);
                assertThat(SampleNetwork.values(find(file).read(classes(1, 2)))).containsExactly(1, 2);
            }
        }
    }

    /** Text that starts as archives do is none. */
    @Test
    void takesTablesForTables() {
        Path file = PictureFixture.write(folder.resolve("a.csv"), "PK,x\n1,2\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(SampleNetwork.values(find(file).read(classes(1, 2)))).containsExactly(1, 2);
        Path other = PictureFixture.write(folder.resolve("PK.txt"), "PK,x\n1,2\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> find(other))
                .hasMessage(other + ": unknown kind of input: expected " + KINDS + ": found a file of another name");
    }

    @Test
    void readsOnePicture() {
        Path file = PictureFixture.write(folder.resolve("a.png"), new Color(1, 2, 3));
        Samples samples = find(file).read(classes(1, 1, 1, 3));
        assertThat(SampleNetwork.values(samples)).containsExactly(1, 2, 3);
        assertThat(samples.names()).containsExactly("a.png");
    }

    @Test
    void readsAFolderWithAllThatIsInIt() throws IOException {
        for (String name : new String[] {"b.png", "a/z.GIF", "a/y/x.png", "c.png", ".hidden/x.png", ".x.png"}) {
            PictureFixture.write(folder.resolve(name), new Color(9, 9, 9));
        }
        PictureFixture.write(folder.resolve("a/notes.txt"), new byte[] {1});
        Files.createSymbolicLink(folder.resolve("a/link.png"), folder.resolve("b.png"));
        Samples samples = find(folder).read(classes(1, 1, 1, 3));
        assertThat(find(folder).scalesPictures()).isTrue();
        assertThat(samples.names()).containsExactly("a/link.png", "a/y/x.png", "a/z.GIF", "b.png", "c.png");
        assertThat(samples.notes())
                .containsExactly("skipped: 3 files or folders that are no pictures (.jpg, .jpeg, .png, .gif)");
    }

    @Test
    void namesAllPicturesThatCannotBeRead() throws IOException {
        PictureFixture.write(folder.resolve("a.png"), Color.RED);
        PictureFixture.write(folder.resolve("b.png"), new byte[0]);
        Files.createSymbolicLink(folder.resolve("c.png"), folder.resolve("gone"));
        assertThatThrownBy(() -> find(folder).read(classes(1, 1, 1, 3)))
                .isInstanceOf(DataErrors.class)
                .message()
                .hasLineCount(3)
                .contains(
                        "b.png: empty file", "c.png: no such file", "found a link to nothing", "2 errors in " + folder);
    }

    @Test
    void refusesInOneLine() throws IOException {
        assertThatThrownBy(() -> find(folder.resolve("none")))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("none") + ": no such input: expected " + KINDS + ": found nothing");
        Path link = Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("gone"));
        assertThatThrownBy(() -> find(link))
                .hasMessage(link + ": no such input: expected " + KINDS + ": found a link to nothing");
        Files.delete(link);
        Path other = PictureFixture.write(folder.resolve("a.txt"), new byte[] {1});
        assertThatThrownBy(() -> find(other))
                .hasMessage(other + ": unknown kind of input: expected " + KINDS + ": found a file of another name");
        assertThatThrownBy(() -> SampleInputs.find(folder, Optional.of("x")))
                .hasMessage(folder + ": no datasets in this kind of input: expected .h5, .hdf5, .npz: found dataset=x");
        assertThatThrownBy(() -> find(folder).read(classes(1, 1, 1, 3)))
                .hasMessage(folder
                        + ": no pictures: expected .jpg, .jpeg, .png or .gif files: found 1 files of other names");
        assertThatThrownBy(() -> find(folder).read(classes(1, 3)))
                .hasMessage(folder + ": network Net takes no pictures: expected input shape (height, width, 3),"
                        + " (height, width, 1) or (height, width): found [3]");
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        assertThatThrownBy(() -> find(folder).read(classes(1, 1, 1, 3)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(folder
                        + ": cannot read this folder: expected readable folders without circles of links: found ");
    }

    private static SampleInput find(Path path) {
        return SampleInputs.find(path, Optional.empty());
    }
}
