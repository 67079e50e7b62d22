package io.github.layerc.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Precision;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedMatrixTest {
    private static final int ROWS = 101;
    private static final int COLUMNS = 7;

    /** Every other row, and the last one first. */
    private static final int[] SOME =
            IntStream.iterate(ROWS - 1, row -> row - 2).limit(ROWS / 2 + 1).toArray();

    @TempDir
    Path folder;

    private static double value(int row, int column) {
        return row + column / 8.0;
    }

    private MappedMatrix matrix(Precision precision) {
        try (MappedMatrix.Writer writer = new MappedMatrix.Writer(folder, precision, COLUMNS)) {
            for (int r = 0; r < ROWS; r++) {
                int row = r;
                writer.add(IntStream.range(0, COLUMNS)
                        .mapToDouble(column -> value(row, column))
                        .toArray());
            }
            return writer.finish();
        }
    }

    private static double[] column(int column) {
        return IntStream.of(SOME).mapToDouble(row -> value(row, column)).toArray();
    }

    /** As many at a time as have so many bytes: one, three, all. */
    @ParameterizedTest
    @CsvSource({"FLOAT, 1", "FLOAT, 1300", "DOUBLE, 1300", "DOUBLE, 1000000"})
    void columnsAreThoseOfTheRowsHoweverManyAreReadTogether(Precision precision, long most) {
        IntFunction<double[]> columns = matrix(precision).columns(most, SOME);
        for (int c = 0; c < COLUMNS; c++) {
            assertThat(columns.apply(c)).isEqualTo(column(c));
        }
        assertThat(columns.apply(1)).isEqualTo(column(1));
        assertThat(columns.apply(COLUMNS - 1)).isEqualTo(column(COLUMNS - 1));
    }

    /** Or a killed program would leave it there. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "keeps the names of mapped files")
    void leavesNoFile() {
        assertThat(matrix(Precision.FLOAT).at(1, 0)).isEqualTo(1);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT", "DOUBLE"})
    void aRowIsWhatWasWritten(Precision precision) {
        MappedMatrix matrix = matrix(precision);
        double[] row = new double[COLUMNS];
        matrix.row(ROWS - 1, row);
        for (int c = 0; c < COLUMNS; c++) {
            assertThat(row[c]).isEqualTo(value(ROWS - 1, c)).isEqualTo(matrix.at(ROWS - 1, c));
        }
    }
}
