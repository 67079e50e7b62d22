package io.github.layerc.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.checkpoint.Checkpoint;
import io.github.layerc.checkpoint.ModelLabels;
import io.github.layerc.data.DataException;
import io.github.layerc.hdf5.HdfOutput;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void replacesFiles() {
        Path made = temporary.resolve("a/b");
        OutputFolder folder = OutputFolder.open(made, "one", "two");
        folder.write(files("first", "first"));
        folder.write(files("second", "second"));

        assertThat(made.resolve("one")).hasContent("second");
        assertThat(made.resolve("two")).hasContent("second");
        assertThat(made.toFile().list()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void leavesWhatWasThereWhereAFileFails() {
        OutputFolder folder = OutputFolder.open(temporary);
        folder.write(files("first", "first"));
        Map<String, OutputFolder.Content> files = files("second", "second");
        files.put("two", file -> {
            Files.writeString(file, "half");
            throw new IOException("disk is full");
        });

        assertThatThrownBy(() -> folder.write(files))
                .isInstanceOf(DataException.class)
                .hasMessage(temporary
                        + ": cannot write one, two: expected a writable folder: found IOException: disk is full");
        assertThat(temporary.resolve("one")).hasContent("first");
        assertThat(temporary.resolve("two")).hasContent("first");
        assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void leavesNothingOfABug() {
        OutputFolder folder = OutputFolder.open(temporary);
        Map<String, OutputFolder.Content> files = files("first", "first");
        files.put("two", file -> {
            Files.writeString(file, "half");
            throw new IllegalStateException("bug");
        });

        assertThatThrownBy(() -> folder.write(files)).isInstanceOf(IllegalStateException.class);
        assertThat(temporary.toFile().list()).isEmpty();
    }

    /** Found only after the first file could have been moved. */
    @Test
    void replacesNothingWhereALaterFileCannotBeReplaced() {
        OutputFolder folder = OutputFolder.open(temporary);
        folder.write(files("first", "first"));
        Map<String, OutputFolder.Content> files = files("second", "second");
        files.put("two", file -> {
            Files.delete(temporary.resolve("two"));
            Files.createDirectories(temporary.resolve("two/inside"));
            Files.writeString(file, "second");
        });

        assertThatThrownBy(() -> folder.write(files))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(temporary.resolve("two") + ": cannot write this file: ");
        assertThat(temporary.resolve("one")).hasContent("first");
        assertThat(temporary.toFile().list()).containsExactlyInAnyOrder("one", "two");
    }

    /** As jhdf reports that the disk is full. */
    @Test
    void saysInOneLineWhatALibraryHidesInItsOwnException() {
        OutputFolder folder = OutputFolder.open(temporary);
        folder.write(files("first", "first"));
        Map<String, OutputFolder.Content> files = files("second", "second");
        files.put("two", file -> {
            throw new IllegalStateException("failed to close", new IOException("No space left on device"));
        });

        assertThatThrownBy(() -> folder.write(files))
                .isInstanceOf(DataException.class)
                .hasMessage(temporary + ": cannot write one, two: expected a writable folder: "
                        + "found IOException: No space left on device");
        assertThat(temporary.resolve("one")).hasContent("first");
    }

    /** Everything that is written to this device meets a full disk. */
    @ParameterizedTest
    @MethodSource
    @EnabledOnOs(OS.LINUX)
    void leavesNoDescriptorOpenWhereTheDiskIsFull(OutputFolder.Content content) throws IOException {
        Path full = Path.of("/dev/full");
        assertThatThrownBy(() -> OutputFolder.open(temporary).write(Map.of("one", file -> content.writeTo(full))))
                .isInstanceOf(DataException.class)
                .hasMessage(temporary + ": cannot write one: expected a writable folder: "
                        + "found IOException: No space left on device");

        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(descriptors.filter(descriptor -> leadsTo(descriptor, full)))
                    .isEmpty();
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    /** All that writes HDF5. */
    static Stream<OutputFolder.Content> leavesNoDescriptorOpenWhereTheDiskIsFull() {
        Network network = Network.builder("", "Net")
                .input(Input.flat(3))
                .layer(1, Activation.SIGMOID)
                .build();
        return Stream.of(
                file -> HdfOutput.write(file, hdf -> hdf.putDataset("numbers", new double[] {1})),
                Checkpoint.content(Path.of("model.h5"), network, new double[4], "", 1, ModelLabels.NONE));
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            // closed meanwhile
            return false;
        }
    }

    @Test
    void refusesAFileInPlaceOfAFolder() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> OutputFolder.open(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": not a folder: expected a folder for results: found a file at " + file);
    }

    @Test
    void refusesAFolderInPlaceOfAFile() throws IOException {
        Path one = Files.createDirectory(temporary.resolve("one"));
        assertThatThrownBy(() -> OutputFolder.open(temporary, "two", "one"))
                .isInstanceOf(DataException.class)
                .hasMessage(one + ": cannot write this file: expected a file or nothing of this name: found a folder");
    }

    /** What reads from a pipe would wait for ever on a name that is another file now. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void refusesAPipeInPlaceOfAFile() throws IOException, InterruptedException {
        Path pipe = temporary.resolve("one");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> OutputFolder.open(temporary, "one"))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        pipe + ": cannot write this file: expected a file or nothing of this name: found a device or a"
                                + " pipe");
        OutputFolder folder = OutputFolder.open(temporary);
        assertThatThrownBy(() -> folder.write(files("new", "new"))).isInstanceOf(DataException.class);
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThatThrownBy(() -> HdfSource.open(pipe))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("found a device or a pipe");
    }

    @ParameterizedTest
    @ValueSource(strings = {".layerc-lock", ".layerc-new", ".layerc-commit", ".layerc-undo"})
    void refusesTheNamesOfUnfinishedWrites(String name) {
        OutputFolder folder = OutputFolder.open(temporary);
        Map<String, OutputFolder.Content> files = Map.of(name, file -> Files.writeString(file, "lost"));
        assertThatThrownBy(() -> folder.write(files))
                .isInstanceOf(DataException.class)
                .hasMessage(temporary.resolve(name)
                        + ": cannot write this file: expected a name that does not start with .layerc-: found " + name);
    }

    /** Its files cannot be locked, nor moved together. */
    @Test
    void refusesAFolderInAnArchive() throws IOException {
        Path archive = temporary.resolve("a.zip");
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path folder = zip.getPath("/results");
            assertThatThrownBy(() -> OutputFolder.open(folder))
                    .isInstanceOf(DataException.class)
                    .hasMessage("/results: cannot write into this folder: expected a folder of the system: found one of"
                            + " jar");
            assertThat(folder).doesNotExist();
        }
    }

    /** Not even the superuser can write there. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesAFolderThatCannotBeWrittenTo() {
        Path folder = Path.of("/proc/self");
        assertThatThrownBy(() -> OutputFolder.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("/proc/self: cannot write into this folder: expected a folder for results: ")
                .hasMessageNotContaining("\n");
    }

    private static Map<String, OutputFolder.Content> files(String one, String two) {
        Map<String, OutputFolder.Content> files = new LinkedHashMap<>();
        files.put("one", file -> Files.writeString(file, one));
        files.put("two", file -> Files.writeString(file, two));
        return files;
    }
}
