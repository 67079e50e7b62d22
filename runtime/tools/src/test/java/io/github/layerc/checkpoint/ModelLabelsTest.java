package io.github.layerc.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.files.OutputFolder;
import io.github.layerc.hdf5.HdfFixture;
import io.github.layerc.hdf5.HdfSource;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelLabelsTest {
    private static final Network ONE = network(1);
    private static final Network THREE = network(3);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource
    void remembersWhatWasWritten(Network network, ModelLabels labels) {
        Path file = write(network, labels);
        assertThat(Checkpoint.readLabels(file, network)).isEqualTo(labels);
        assertThat(Checkpoint.read(file, network)).isEqualTo(new double[network.parameterCount()]);
    }

    static Stream<Arguments> remembersWhatWasWritten() {
        return Stream.of(
                Arguments.of(ONE, ModelLabels.NONE),
                Arguments.of(ONE, new ModelLabels(List.of("non-cat", "cat"), "area_or_bilinear")),
                Arguments.of(
                        THREE,
                        new ModelLabels(
                                List.of("a\nb\r\u0000\u001b[31m", "\"quoted\", 'x' <&>", "Löwe \ud83e\udd81 \u2028"),
                                "")));
    }

    @Test
    void standsInTheFileAsText() {
        Path file = write(ONE, new ModelLabels(List.of("non-cat", "cat"), "area_or_bilinear"));
        try (HdfSource source = HdfSource.open(file)) {
            assertThat(source.text("classes")).isEqualTo("[\"non-cat\",\"cat\"]");
            assertThat(source.text("picture_scaling")).isEqualTo("area_or_bilinear");
        }
    }

    /** The checksum as it was before models had labels. */
    @Test
    void readsFilesOfBefore() {
        Path file = fixture(ONE, Map.of(), Map.of()).write(folder.resolve("model.h5"));
        assertThat(Checkpoint.readLabels(file, ONE)).isEqualTo(ModelLabels.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "classes | [\"dog\",\"cat\"]",
                "picture_scaling | nearest",
            })
    void noticesOtherLabels(String name, String text) {
        Map<String, String> labels = Map.of("classes", "[\"non-cat\",\"cat\"]", "picture_scaling", "area_or_bilinear");
        Map<String, String> changed = new TreeMap<>(labels);
        changed.put(name, text);
        Path file = fixture(ONE, labels, changed).write(folder.resolve("model.h5"));
        assertThatThrownBy(() -> Checkpoint.read(file, ONE))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + ": damaged checkpoint: expected contents with the SHA-256 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"a\",\"b\",\"c\"] | not those of network Net1: expected 2 names: found 3",
                "{\"a\":1} | no names: expected an array of strings in JSON: found {\"a\":1}",
                "[\"a\",[\"b\",\"c\"]] | no names: expected an array of strings in JSON: found [\"a\",[\"b\",\"c\"]]",
                "[\"a\",null] | no names: expected an array of strings in JSON: found [\"a\",null]",
                "[\"a\" | no names: expected an array of strings in JSON: found [\"a\""
            })
    void refusesWhatAreNoNames(String classes, String message) {
        Map<String, String> labels = Map.of("classes", classes);
        Path file = fixture(ONE, labels, labels).write(folder.resolve("model.h5"));
        assertThatThrownBy(() -> Checkpoint.readLabels(file, ONE))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": classes: " + message);
        // whoever does not need them is not troubled
        assertThat(Checkpoint.read(file, ONE)).hasSize(ONE.parameterCount());
    }

    @Test
    void refusesMoreThanAFileHolds() {
        ModelLabels labels = new ModelLabels(Collections.nCopies(3, "x".repeat(20_000)), "");
        assertThatThrownBy(() -> Checkpoint.requireLabels(folder, labels))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        folder + ": classes is too long for a checkpoint: expected at most 50000 bytes: found 60010");
    }

    @Test
    void refusesNamesOfAnotherNumberOfClasses() {
        assertThatThrownBy(() -> write(THREE, new ModelLabels(List.of("a", "b"), "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("names of classes must fit network Net3: classes=[a, b]");
    }

    private Path write(Network network, ModelLabels labels) {
        Path file = folder.resolve("model.h5");
        OutputFolder.open(folder)
                .write(Map.of(
                        "model.h5",
                        Checkpoint.content(file, network, new double[network.parameterCount()], "", 1, labels)));
        return file;
    }

    /** A file of zeros, with the checksum for some labels, that says others. */
    private static HdfFixture fixture(Network network, Map<String, String> labels, Map<String, String> said) {
        ModelText text = ModelText.of(network);
        Map<String, String> run = new TreeMap<>(labels);
        run.putAll(Map.of("format", "2", "iterations", "", "spec_sha256", ""));
        HdfFixture fixture = new HdfFixture()
                .attribute("format", 2)
                .attribute("content_sha256", text.digest(run, new double[network.parameterCount()]))
                .with("W1", new float[1][2])
                .with("b1", new float[1][1]);
        text.texts().forEach(fixture::attribute);
        said.forEach(fixture::attribute);
        return fixture;
    }

    private static Network network(int outputs) {
        return Network.builder("", "Net" + outputs)
                .input(Input.flat(2))
                .layer(outputs, outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX)
                .loss(outputs == 1 ? Loss.BINARY_CROSS_ENTROPY : Loss.CATEGORICAL_CROSS_ENTROPY)
                .build();
    }
}
