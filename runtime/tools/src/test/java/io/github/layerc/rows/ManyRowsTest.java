package io.github.layerc.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.layerc.data.DataException;
import io.github.layerc.files.LargeFiles;
import io.github.layerc.table.Column;
import io.github.layerc.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of more rows than are read at a time, which threads of their own read ahead. */
class ManyRowsTest {
    private static final Table TABLE =
            Table.builder().column(Column.number("x")).label("kind", "a", "b").build();

    @TempDir
    private Path folder;

    @AfterEach
    void clear() {
        System.clearProperty(LargeFiles.PROPERTY);
    }

    /** Fields of all lengths, quoted or not, with everything that may stand in quotes, wherever the parser's buffers end. */
    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "3,0", "4,0", "5,1500", "6,2999", "7,3000", "8,3000"})
    void areThoseOfAnotherReader(int seed, int quotesFrom) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("\n\r\n" + (quotesFrom == 0 ? "\"a\"\"b\"" : "a") + ",c,d,e\r\n");
        for (int r = 0; r < 3000; r++) {
            for (int c = 0; c < 4; c++) {
                text.append(field(random, r >= quotesFrom)).append(c < 3 ? "," : "");
            }
            text.append(random.nextInt(50) == 0 ? "\r" : random.nextBoolean() ? "\n" : "\r\n");
            if (random.nextInt(500) == 0) {
                text.append("\n".repeat(random.nextInt(30_000)));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("t.csv"), bytes);
        List<List<String>> expected =
                new ArrayList<>(PlainCsv.read(bytes).orElseThrow().rows());
        expected.replaceAll(row -> row.stream().map(String::strip).toList());

        try (RowCursor cursor = RowFiles.require(file).open()) {
            assertThat(cursor.columns()).isEqualTo(expected.get(0));
            for (int r = 1; r < expected.size(); r++) {
                assertThat(cursor.next()).as("row %d", r).isTrue();
                List<String> row = List.of(cursor.text(0), cursor.text(1), cursor.text(2), cursor.text(3));
                assertThat(row).as("row %d", r).isEqualTo(expected.get(r));
            }
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
        }
    }

    /** At the end of a file the parser moves what it has not read yet, wherever that is, and reads nothing more. */
    @Test
    void theLastFieldIsThatOfTheFileWhereverItEnds() throws IOException {
        Random random = new Random(1);
        for (int length = 7900; length < 17_000; length += length % 8192 < 300 ? 1 : 1 + random.nextInt(60)) {
            StringBuilder text = new StringBuilder(length % 2 == 0 ? "a,\"b\"\n" : "a,b\n98765,1\n1,\"x\"\n");
            int rows = length % 2 == 0 ? 0 : 2;
            String last = random.nextInt(10) + "," + random.nextInt(1_000_000);
            while (text.length() < length - last.length() - 1) {
                text.append(text.length() < length - last.length() - 7 ? "1234,x\n" : "\n");
                rows += text.charAt(text.length() - 2) == 'x' ? 1 : 0;
            }
            Path file = Files.writeString(folder.resolve("t.csv"), text + last);
            try (RowCursor cursor = RowFiles.require(file).open()) {
                for (int r = 0; r <= rows; r++) {
                    assertThat(cursor.next())
                            .as("row %d of %d bytes", r, length)
                            .isTrue();
                }
                assertThat(cursor.text(0) + "," + cursor.text(1))
                        .as("%d bytes", length)
                        .isEqualTo(last);
                assertThat(cursor.number(1)).isEqualTo(Integer.parseInt(cursor.text(1)));
                assertThat(cursor.next()).isFalse();
            }
        }
    }

    /** Only what cannot be unpacked is lost. */
    @Test
    void rowsInFrontOfTheEndOfATruncatedFileAreRead() throws IOException {
        Path file = write(5000, "");
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length * 4 / 5));
        int rows = 0;
        try (RowCursor cursor = RowFiles.require(file).open()) {
            while (cursor.next()) {
                assertThat(cursor.number(0)).isEqualTo(rows++);
            }
            fail("the file has an end");
        } catch (DataException e) {
            assertThat(e).hasMessageContaining("t.csv.gz:" + (rows + 2) + ": truncated gzip file");
        }
        assertThat(rows).isBetween(3500, 4500);
    }

    private static String field(Random random, boolean quotes) {
        int most = random.nextInt(1000) == 0 ? 100_000 : random.nextInt(50) == 0 ? 1000 : 10;
        StringBuilder field = new StringBuilder();
        boolean quoted = quotes && random.nextInt(4) == 0;
        String letters = quoted ? "xyz\u00e9\u20ac,\n\r" : "xyz\u00e9\u20ac. ";
        for (int length = random.nextInt(most); length > 0; length--) {
            field.append(
                    quoted && random.nextInt(20) == 0 ? "\"\"" : letters.charAt(random.nextInt(letters.length())) + "");
        }
        return quoted ? '"' + field.toString() + '"' : "x" + field;
    }

    private Path write(int rows, String last) throws IOException {
        Path file = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("x,kind\n".getBytes(StandardCharsets.UTF_8));
            for (int r = 0; r < rows; r++) {
                out.write((r + (r % 2 == 0 ? ",a\n" : ",b\n")).getBytes(StandardCharsets.UTF_8));
            }
            out.write(last.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** However numbers are written, those that are made ahead are those that are made of a text; NaN where there is none. */
    @ParameterizedTest
    @ValueSource(chars = {',', ';', '|'})
    void numbersAreThoseOfTheirTexts(char separator) throws IOException {
        String[] forms = {
            "",
            "7",
            "-7",
            "+7",
            "0.5",
            "-0.25",
            ".5",
            "5.",
            "-",
            "--1",
            "1.2.3",
            "1e3",
            "1E-3",
            " 4 ",
            "nan",
            "x1",
            "1x",
            "-0",
            "0,5",
            "1,2,3",
            "123456789012345",
            "1234567890123456",
            "9007199254740993",
            "0.1234567890123456",
            "12345678.90123456",
            "1e400",
            "00000000000000000001"
        };
        Random random = new Random(separator);
        StringBuilder text = new StringBuilder("a" + separator + "b" + separator + "c\n");
        List<String> expected = new ArrayList<>();
        for (int r = 0; r < 20_000; r++) {
            for (int c = 0; c < 3; c++) {
                String form = random.nextInt(4) == 0
                        ? String.format(Locale.ROOT, "%." + random.nextInt(20) + "f", 100 * random.nextGaussian())
                        : forms[random.nextInt(forms.length)];
                form = form.indexOf(separator) < 0 ? form : "8";
                expected.add(form);
                text.append(form).append(c < 2 ? String.valueOf(separator) : "\n");
            }
        }
        Path file = Files.writeString(folder.resolve("t.csv"), text);
        int[] wanted = {2, -1, 0};
        double[] numbers = new double[3];
        try (RowCursor cursor = RowFiles.require(file).open()) {
            cursor.expectNumbers(wanted);
            for (int r = 0; r < 20_000; r++) {
                assertThat(cursor.next()).isTrue();
                cursor.numbers(wanted, numbers);
                double[] texts = {
                    number(expected.get(3 * r + 2), separator), Double.NaN, number(expected.get(3 * r), separator)
                };
                assertThat(numbers)
                        .as("row %d: %s", r, expected.subList(3 * r, 3 * r + 3))
                        .isEqualTo(texts);
                assertThat(new double[] {cursor.number(1)}).isEqualTo(new double[] {
                    number(expected.get(3 * r + 1), separator)
                });
            }
        }
    }

    private static double number(String text, char separator) {
        String plain = text.strip();
        String point = separator == ';' ? plain.replace(',', '.') : plain;
        return point.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
                        && (!plain.contains(",") || separator == ';')
                ? Double.parseDouble(point)
                : Double.NaN;
    }

    /** What is no text is told with its line, whatever ends lines. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r"})
    void bytesThatAreNoTextAreToldBehindTheRowsBefore(String lineEnd) throws IOException {
        StringBuilder text = new StringBuilder("x,kind\n");
        for (int r = 0; r < 50_000; r++) {
            text.append(r).append(",a").append(r > 49_000 ? lineEnd : "\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 3] = (byte) 0xff;
        Path file = Files.write(folder.resolve("t.csv"), bytes);
        assertThatThrownBy(() -> TableRows.read(RowFiles.require(file), TABLE, true))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        ".*t\\.csv:50001: not a text at this line or behind it: expected characters in UTF-8: found other bytes");
    }

    /** Of a thread that is no longer there nothing is left but what it threw. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\n|:50002: a row must have a field for each column: expected 2 fields: found 1",
                "x,a\n|:50002: column x: not a number: expected a number: found x",
                "1,\"a|:50002: not a row of a table: expected fields with closed quotes, and nothing behind them: found ",
            })
    void whatIsWrongIsToldFromTheReadingThread(String last) throws Exception {
        int bar = last.indexOf('|');
        Path file = write(50_000, last.substring(0, bar));

        assertThatThrownBy(() -> TableRows.read(RowFiles.require(file), TABLE, true))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + last.substring(bar + 1));
        assertThat(readers()).isZero();
    }

    @Test
    void theThreadEndsWhereNoOneReadsOn() throws Exception {
        Path file = write(200_000, "");
        try (RowCursor cursor = RowFiles.require(file).open()) {
            for (int r = 0; r < 20_000; r++) {
                assertThat(cursor.next()).isTrue();
            }
            assertThat(readers()).isEqualTo(ReadAhead.threads());
        }
        assertThat(readers()).isZero();
    }

    /** Whatever goes wrong in a thread that reads ahead: who waits for its rows is told. */
    @Test
    @Timeout(20)
    void anErrorOfAReadingThreadIsThrownToWhoeverWaits() {
        RowSource source = new RowSource() {
            private int batches;

            @Override
            public List<String> columns() {
                return List.of("x");
            }

            @Override
            public char point() {
                if (batches > 1) {
                    throw new IllegalStateException("no point");
                }
                return '.';
            }

            @Override
            public boolean read(Fields fields) {
                batches++;
                return true;
            }

            @Override
            public void close() {}
        };
        try (TextCursor cursor = new TextCursor(source)) {
            assertThatThrownBy(cursor::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no point");
        }
        assertThat(readers()).isZero();
    }

    @Test
    void numbersAreMadeAheadOfDifferentColumns() throws IOException {
        try (RowCursor cursor = RowFiles.require(write(3, "")).open()) {
            cursor.expectNumbers(-1, 0, -1);
            assertThatThrownBy(() -> cursor.expectNumbers(0, -1, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("columns must be different: columns=[0, -1, 0]");
        }
    }

    private static long readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("layerc-rows"))
                .count();
    }

    /** Rows are mapped as they get many, whatever the size of the file that they are packed in. */
    @Test
    void aSmallFileThatUnpacksToManyRowsIsMapped() throws IOException {
        System.setProperty(LargeFiles.PROPERTY, "300000");
        Path file = write(50_000, "");
        TableRows rows = TableRows.read(RowFiles.require(file), TABLE, true);

        assertThat(Files.size(file)).isLessThan(300_000);
        assertThat(rows.areMapped()).isTrue();
        double[] row = new double[1];
        for (int r = 0; r < 50_000; r++) {
            rows.row(r, row);
            assertThat(row[0]).isEqualTo(r);
        }
        assertThat(TableRows.read(RowFiles.require(write(30_000, "")), TABLE, true)
                        .areMapped())
                .isFalse();
    }
}
