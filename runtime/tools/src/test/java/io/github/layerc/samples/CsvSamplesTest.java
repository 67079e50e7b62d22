package io.github.layerc.samples;

import static io.github.layerc.samples.SampleNetwork.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvSamplesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,-2.5\n3e2,.5\n",
                "1,-2.5\r\n3e2,.5",
                "\ufeff1,-2.5\n300,0.5\n",
                "width,height\n1,-2.5\n3E+2,+0.5\n",
                "\"the width, in mm\",\"two\nlines\"\n\"1\",-2.5\n\n 300. , 5e-1 \n"
            })
    void readsNumbers(String text) {
        Samples samples = read(text, 2);
        assertThat(SampleNetwork.values(samples)).containsExactly(1, -2.5, 300, 0.5);
        assertThat(samples.names()).containsExactly("0", "1");
    }

    @Test
    void readsRowsOfManyColumns() {
        String row = String.join(",", Collections.nCopies(50_000, "1.25"));
        assertThat(Arrays.stream(SampleNetwork.values(read(row + "\n" + row, 50_000)))
                        .sum())
                .isEqualTo(125_000);
    }

    @ParameterizedTest
    @MethodSource
    void refusesInOneLine(String text, String message) {
        assertThatThrownBy(() -> read(text, 2))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("x.csv") + message);
    }

    static Stream<Arguments> refusesInOneLine() {
        String columns = ": wrong number of columns for network Net: expected 2, one for each input: found ";
        return Stream.of(
                Arguments.of("", ": no samples: expected a line of numbers for each: found none"),
                Arguments.of("a,b\n", ": no samples: expected a line of numbers for each: found none"),
                Arguments.of("a,b\n1,2\n\n1,2,3\n", ":4" + columns + "3"),
                Arguments.of("1;2\n", ":1" + columns + "1"),
                Arguments.of("a,b\nc,4\n", ":2:1: not a number: expected a finite number: found c"),
                Arguments.of("a,1\n2,3\n", ":1:1: not a number: expected a finite number: found a"),
                Arguments.of("1,2\n3,\n", ":2:2: not a number: expected a finite number: found nothing"),
                Arguments.of("1,2\n3,1d\n", ":2:2: not a number: expected a finite number: found 1d"),
                Arguments.of("1,2\n3,nan\n", ":2:2: not a number: expected a finite number: found nan"),
                Arguments.of("1,2\n3,1e999\n", ":2:2: not a number: expected a finite number: found 1e999"),
                Arguments.of(
                        "1,2\n3,\"\u001b[31m\n4\"\n",
                        ":2:2: not a number: expected a finite number: found \\u001b[31m 4"));
    }

    @Test
    void namesAllThatIsWrong() {
        Path file = folder.resolve("x.csv");
        assertThatThrownBy(() -> read("1,2\nx,y\n3,z\n", 2))
                .isInstanceOf(DataErrors.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        file + ":2:1: not a number: expected a finite number: found x",
                        file + ":2:2: not a number: expected a finite number: found y",
                        file + ":3:2: not a number: expected a finite number: found z",
                        "3 errors in " + file));
    }

    /** A sample that is missing is no header, which would leave it out without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"nan,NA\n3,4\n", ",\n3,4\n", "Infinity,-inf\n3,4\n", "a,\n3,4\n"})
    void takesNoSampleForAHeader(String text) {
        assertThatThrownBy(() -> read(text, 2))
                .hasMessageStartingWith(folder.resolve("x.csv") + ":1:")
                .hasMessageContaining("not a number: expected a finite number: found ");
    }

    @Test
    void refusesWhatIsNoTable() {
        for (String text : new String[] {"1,2\n1," + "x".repeat(5000) + "\n", "1,2\n1,2,3,4,5\n"}) {
            assertThatThrownBy(() -> read(text, 2))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(
                            folder.resolve("x.csv") + ": not a table: expected values separated by commas: found ");
        }
    }

    private Samples read(String text, int inputs) {
        try {
            Path file = Files.writeString(folder.resolve("x.csv"), text);
            return new CsvSamples(file).read(classes(1, inputs));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
