package io.github.layerc.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.table.Column;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Split;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of files of all formats, and everything that can be wrong with one, each in a line with its place. */
class TableRowsTest {
    private static final Table TABLE = Table.builder()
            .column(Column.number("age").with(Missing.MEAN))
            .column(Column.number("height").with(Transform.LOG1P))
            .column(Column.category("colour", "red", "dark green"))
            .column(Column.bool("member").with(Missing.INDICATOR))
            .label("kind", "a", "b")
            .build();

    @TempDir
    private Path folder;

    private TableRows read(String name, String text) throws IOException {
        return read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private TableRows read(String name, byte... bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return TableRows.read(RowFiles.require(file), TABLE, true);
    }

    private static double[][] rows(TableRows rows) {
        double[][] all = new double[rows.count()][4];
        for (int r = 0; r < all.length; r++) {
            rows.row(r, all[r]);
        }
        return all;
    }

    private static final double[][] EXPECTED = {{34.5, 1.8, 1, 1}, {Double.NaN, 1.6, 0, Double.NaN}};

    private void assertRead(TableRows rows) {
        assertThat(Arrays.deepToString(rows(rows))).isEqualTo(Arrays.deepToString(EXPECTED));
        assertThat(rows.label(0)).isEqualTo(1);
        assertThat(rows.label(1)).isEqualTo(0);
    }

    @Test
    void readsCommas() throws IOException {
        assertRead(read("t.csv", "kind,age,height,colour,member,more\nb,34.5,1.8,dark green,yes,x\na,,1.6,red,NA,y\n"));
    }

    @Test
    void readsSemicolonsWithDecimalCommas() throws IOException {
        assertRead(read("t.csv", "kind;age;height;colour;member\r\nb;34,5;1,8;dark green;TRUE\r\na; ;1.6;red;\r\n"));
    }

    @Test
    void readsTabs() throws IOException {
        assertRead(read(
                "t.tsv",
                "\uFEFFkind\tage\theight\tcolour\tmember\n\nb\t34.5\t1.8\tdark green\t1\na\tnull\t1.6\tred\t?"));
    }

    @Test
    void readsQuotes() throws IOException {
        assertRead(
                read(
                        "t.csv",
                        "\"kind\",\"age\",height,colour,member\n\"b\",\"34.5\",1.8,\"dark green\",t\n\"a\",\"\",1.6,red,\"\"\n"));
    }

    @Test
    void readsGzip() throws IOException {
        assertRead(read("t.csv.gz", zipped()));
    }

    private static byte[] zipped() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("kind,age,height,colour,member\nb,34.5,1.8,dark green,true\na,,1.6,red,\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsArff() throws IOException {
        assertRead(read("t.arff", """
                % a comment
                @relation people
                @attribute age numeric
                @ATTRIBUTE 'height' real
                @attribute colour {red, 'dark green'}
                @attribute member {yes, no}
                @attribute kind {a, b}

                @data
                34.5, 1.8, 'dark green', yes, b
                ?, 1.6, red, ?, a
                """));
    }

    /** Line 2 of a table whose line 3 is right. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "b,x,1.8,red,yes | :2: column age: not a number: expected a number: found x",
                "b,inf,1.8,red,yes | :2: column age: not a number: expected a number: found inf",
                "b,1e999,1.8,red,yes | :2: column age: not a finite number: expected a number: found 1e999",
                "b,1,,red,yes | :2: column height: no value: expected a number above -1, or a rule for missing values in the spec: found nothing",
                "b,1,NaN,red,yes | :2: column height: no value: expected a number above -1, or a rule for missing values in the spec: found NaN",
                "b,1,-1,red,yes | :2: column height: not a value for log1p: expected a number above -1: found -1",
                "b,1,1.8,blue,yes | :2: column colour: unknown category: expected red, dark green: found blue",
                "b,1,1.8,,yes | :2: column colour: no value: expected red, dark green, or a rule for missing values in the spec: found nothing",
                "b,1,1.8,red,maybe | :2: column member: neither true nor false: expected true, false, yes, no, 1 or 0: found maybe",
                "c,1,1.8,red,yes | :2: column kind: unknown class: expected a, b: found c",
                ",1,1.8,red,yes | :2: column kind: unknown class: expected a, b: found nothing",
                "b,1,1.8,red | :2: a row must have a field for each column: expected 5 fields: found 4",
                "b,1,1.8,red,yes,no | :2: a row must have a field for each column: expected 5 fields: found 6",
            })
    void refusesAValueAtItsPlace(String line, String message) {
        assertThatThrownBy(() -> read("t.csv", "kind,age,height,colour,member\n" + line + "\na,1,1.6,red,yes\n"))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("t.csv") + message);
    }

    @Test
    void aRowThatIsToBePredictedNeedNoLabel() throws IOException {
        Path file = folder.resolve("new.csv");
        Files.writeString(file, "kind,age,height,colour,member\nb,1,1.8,red,yes\n,1,1.6,red,yes\n");
        TableRows rows = TableRows.read(RowFiles.require(file), TABLE, false);

        assertThat(rows.isLabelled()).isFalse();
        assertThat(rows.label(0)).isEqualTo(1);
        assertThat(rows.label(1)).isNegative();
        assertThat(read("old.csv", "kind,age,height,colour,member\nb,1,1.8,red,yes\n")
                        .isLabelled())
                .isTrue();
    }

    @Test
    void collectsWhatIsWrong() {
        assertThatThrownBy(() -> read("t.csv", "kind,age,height,colour,member\nb,x,y,red,yes\na,1,1.6,blue,yes\n"))
                .isInstanceOf(DataErrors.class)
                .hasMessageContaining("t.csv:2: column age: not a number")
                .hasMessageContaining("t.csv:2: column height: not a number")
                .hasMessageContaining("t.csv:3: column colour: unknown category")
                .hasMessageContaining("3 errors in ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | : empty file: expected a line with the names of the columns: found nothing",
                "`  ` | : empty file: expected a line with the names of the columns: found nothing",
                "kind,age,height,colour,member | : no rows: expected one or more behind the names of the columns: found none",
                "kind,age,height,member | : missing column: expected colour: found kind, age, height, member",
                "age,height | : missing columns: expected colour, member, kind: found age, height",
                "kind,age,height,colour,member,age | :1: column twice: expected different names: found age",
                "kind,age,,height,,colour,member | :1: column twice: expected different names: found empty names",
            })
    void refusesAFileWithoutItsColumns(String text, String message) {
        assertThatThrownBy(() -> read("t.csv", text))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("t.csv") + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b,1,1.8,\"red,yes\na,1,1.6,red,yes\n", "b,1,1.8,\"red\"x,yes\n"})
    void refusesWrongQuotes(String rows) {
        assertThatThrownBy(() -> read("t.csv", "kind,age,height,colour,member\n" + rows))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        folder.resolve("t.csv")
                                + ":2: not a row of a table: expected fields with closed quotes, and nothing behind them: found ");
    }

    @Test
    void refusesWhatIsNoUtf8() {
        byte[] text = "kind,age,height,colour,member\nb,1,1.8,red,yes\nb,1,1.8,r\u00e9d,yes\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read("t.csv", text))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(folder.resolve("t.csv").toString())
                .hasMessageContaining("not a text")
                .hasMessageContaining("expected characters in UTF-8: found other bytes");
    }

    @Test
    void refusesTruncatedGzip() throws IOException {
        byte[] whole = zipped();

        assertThatThrownBy(() -> read("t.csv.gz", Arrays.copyOf(whole, whole.length - 12)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("truncated gzip file: expected its end: found none");
        assertThatThrownBy(() -> read("u.csv.gz", Arrays.copyOf(whole, 5)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("truncated gzip file: expected its end: found none");
    }

    @Test
    void refusesDamagedGzip() throws IOException {
        byte[] bytes = zipped();
        bytes[14] ^= 0x55;

        assertThatThrownBy(() -> read("t.csv.gz", bytes)).isInstanceOf(DataException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | : no rows: expected @attribute lines, then @data: found an empty file",
                "@attribute x real | : no rows: expected @attribute lines, then @data: found the end of the file",
                "@data | :1: no columns: expected @attribute lines before @data: found none",
                "hello | :1: not a line of ARFF: expected @relation, @attribute or @data: found hello",
                "@attribute 'x real | :1: not a name: expected a closing quote: found 'x real",
            })
    void refusesAnotherArff(String text, String message) {
        assertThatThrownBy(() -> read("t.arff", text))
                .isInstanceOf(DataException.class)
                .hasMessage(folder.resolve("t.arff") + message);
    }

    @Test
    void refusesRowsThatArffHasInOtherWays() {
        String head =
                "@attribute age real\n@attribute height real\n@attribute colour {red}\n@attribute member {yes}\n@attribute kind {a}\n@data\n";

        assertThatThrownBy(() -> read("t.arff", head + "{1 2}\n"))
                .hasMessage(
                        folder.resolve("t.arff") + ":7: a sparse row: expected a value for each column: found {1 2}");
        assertThatThrownBy(() -> read("t.arff", head + "1,2,'red,yes,a\n"))
                .hasMessage(folder.resolve("t.arff")
                        + ":7: not a row of a table: expected a closing quote: found 1,2,'red,yes,a");
        assertThatThrownBy(() -> read("t.arff", head + "1,2\n"))
                .hasMessage(folder.resolve("t.arff")
                        + ":7: a row must have a field for each column: expected 5 fields: found 2");
    }

    @Test
    void refusesAnotherKindOfFile() {
        assertThatThrownBy(() -> RowFiles.require(folder.resolve("none.csv")))
                .hasMessage(
                        folder.resolve("none.csv")
                                + ": no such table: expected .csv, .tsv, .tab, .txt, .arff, or one of them with .gz: found nothing");
        assertThatThrownBy(() -> read("t.xlsx", "x"))
                .hasMessage(
                        folder.resolve("t.xlsx")
                                + ": unknown kind of table: expected .csv, .tsv, .tab, .txt, .arff, or one of them with .gz: found a file of another name");
    }

    private TableSplit split(Split split, String by) throws IOException {
        Table table = Table.builder()
                .column(Column.number("x"))
                .label("kind", "a", "b")
                .split(split)
                .build();
        StringBuilder csv = new StringBuilder("x,kind,by\n");
        for (int i = 0; i < 40; i++) {
            csv.append(i)
                    .append(i % 4 == 0 ? ",a," : ",b,")
                    .append(String.format(by, i % 7, i))
                    .append('\n');
        }
        Path file = folder.resolve("split.csv");
        Files.writeString(file, csv);
        return new TableSplit(TableRows.read(RowFiles.require(file), table, true));
    }

    @Test
    void splitsByChanceTheSameWayEachTime() throws IOException {
        Split random = Split.of(Split.Kind.RANDOM, 0.25, 1);
        TableSplit split = split(random, "");
        TableSplit.Parts parts = split.leaveOut(split.all(), 0.25);

        assertThat(parts.left()).hasSize(10).isSorted();
        assertThat(parts.kept()).hasSize(30).isSorted().doesNotContain(parts.left());
        assertThat(split(random, "").leaveOut(split.all(), 0.25).left()).isEqualTo(parts.left());
        assertThat(split(Split.of(Split.Kind.RANDOM, 0.25, 2), "")
                        .leaveOut(split.all(), 0.25)
                        .left())
                .isNotEqualTo(parts.left());
    }

    @Test
    void splitsEachClass() throws IOException {
        TableSplit split = split(Split.of(Split.Kind.STRATIFIED, 0.2, 1), "");
        int[] left = split.leaveOut(split.all(), 0.2).left();

        assertThat(left).hasSize(8);
        assertThat(Arrays.stream(left).filter(row -> row % 4 == 0)).hasSize(2);
        for (TableSplit.Parts fold : split.folds(split.all(), 5)) {
            assertThat(fold.left()).hasSize(8);
            assertThat(Arrays.stream(fold.left()).filter(row -> row % 4 == 0)).hasSize(2);
        }
    }

    @Test
    void splitsWholeGroups() throws IOException {
        TableSplit split = split(new Split(Split.Kind.GROUP, "by", 0.3, 1), "group %1$d");
        TableSplit.Parts parts = split.leaveOut(split.all(), 0.3);

        assertThat(Arrays.stream(parts.left()).map(row -> row % 7).distinct().toArray())
                .doesNotContain(Arrays.stream(parts.kept())
                        .map(row -> row % 7)
                        .distinct()
                        .toArray());
        assertThat(parts.left().length).isBetween(10, 18);
        int all = 0;
        for (TableSplit.Parts fold : split.folds(split.all(), 3)) {
            all += fold.left().length;
        }
        assertThat(all).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2$d", "2025-01-01T00:00:%2$02d"})
    void leavesOutTheLatest(String time) throws IOException {
        TableSplit split = split(new Split(Split.Kind.TIME, "by", 0.25, 1), time);

        assertThat(split.leaveOut(split.all(), 0.25).left()).containsExactly(30, 31, 32, 33, 34, 35, 36, 37, 38, 39);
        for (TableSplit.Parts fold : split.folds(split.all(), 4)) {
            assertThat(fold.kept()[fold.kept().length - 1]).isLessThan(fold.left()[0]);
        }
        assertThat(split.folds(split.all(), 4)).hasSize(4);
    }

    @Test
    void refusesASplitThatLeavesNothing() throws IOException {
        Path file = folder.resolve("split.csv");
        TableSplit one = split(new Split(Split.Kind.GROUP, "by", 0.5, 1), "same");
        assertThatThrownBy(() -> one.leaveOut(one.all(), 0.5))
                .hasMessage(
                        file
                                + ": too few rows for a group split: expected 1 or more that are left out, and 1 or more that are not: found 40 and 0: share=0.5");
        TableSplit odd = split(new Split(Split.Kind.TIME, "by", 0.5, 1), "31.12.%2$d");
        assertThatThrownBy(() -> odd.leaveOut(odd.all(), 0.5))
                .hasMessage(
                        file + ":2: column by: not a time: expected a number, or a date as 2025-12-31: found 31.12.0");
    }
}
