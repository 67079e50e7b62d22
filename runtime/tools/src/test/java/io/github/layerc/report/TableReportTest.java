package io.github.layerc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.report.table.Importance;
import io.github.layerc.report.table.TrainedTable;
import io.github.layerc.rows.ColumnDistribution;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Line;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reports of networks that read named columns. */
class TableReportTest {
    static final String[] SECTIONS = {
        "<h2>Columns</h2>", "<h2>Importance of the columns</h2>", "<h2>Predicted against true</h2>"
    };

    private static final String HOSTILE = "</text><script>alert(1)</script>&\"'";

    private static final ColumnDistribution NUMBERS = new ColumnDistribution(-1, 40, List.of(3, 0, 12, 5), 10);

    private static Table.Builder columns() {
        return Table.builder()
                .column(Column.number("age").with(Transform.STANDARDIZE).with(Missing.MEDIAN))
                .column(Column.category(HOSTILE, "<b>red</b>", "\"green\" & 'blue'", "w".repeat(300))
                        .with(Missing.INDICATOR))
                .column(Column.bool("member"));
    }

    private static Example example(Network.Builder network, Table table) {
        Fitted fitted = new Fitted(
                table,
                new double[] {31.5, 0, Double.NaN},
                new Line[] {new Line(30, 12.5), Line.IDENTITY, Line.IDENTITY},
                table.targets().stream()
                        .map(target -> target.transform().equals(Transform.LOG1P) ? Line.IDENTITY : new Line(1000, 50))
                        .toArray(Line[]::new));
        return new Example(network.build())
                .table(
                        fitted,
                        NUMBERS,
                        new ColumnDistribution(0, 2, List.of(7, 11, 9), 3),
                        new ColumnDistribution(0, 1, List.of(14, 16), 0));
    }

    static Example classes() {
        Table table = columns().label("class", "no", "yes").build();
        return example(
                Network.builder("", "Members")
                        .input(Input.flat(6))
                        .layer(3, Activation.TANH)
                        .layer(1, Activation.SIGMOID),
                table);
    }

    static Example regression() {
        Table table = columns()
                .target("price <in &euro;>", Transform.STANDARDIZE)
                .target("days", Transform.LOG1P)
                .build();
        return example(
                Network.builder("", "Prices")
                        .input(Input.flat(6))
                        .layer(2, Activation.IDENTITY)
                        .loss(Loss.MEAN_SQUARED_ERROR),
                table);
    }

    private static int count(String page, String part) {
        return page.split(part, -1).length - 1;
    }

    @Test
    void showsColumnsAndTheirImportance() {
        assertThat(classes().page())
                .contains(SECTIONS[0], SECTIONS[1])
                .doesNotContain(SECTIONS[2])
                .contains("3 columns in 30 training rows")
                .contains("number, standardize: center 30, scale 12.5", "missing: median, filled with 31.5")
                .contains("33.3 % missing, 10 rows", "missing: indicator<", "10.0 % missing, 3 rows")
                .contains("boolean, none<", "missing: error<", "0.0 % missing, 0 rows")
                .contains(">-1</text>", ">40</text>", ">true</text>", ">16</text>")
                .contains("How far the accuracy of the test set", ">age<tspan")
                .doesNotContain("<img", "NaN", "Infinity");
    }

    @Test
    void drawsABoxForEachBinThatHasRows() {
        String page = classes().page();
        String histogram = page.substring(page.indexOf("<title>Values of age"));
        assertThat(count(histogram.substring(0, histogram.indexOf("</svg>")), "<rect class=\"bar"))
                .isEqualTo(3);
        assertThat(histogram).contains(">up to 12</text>");
    }

    @Test
    void showsWhatARegressionPredictsInTheUnitOfEachTarget() {
        String page = regression().samples(30, 2500).page();
        assertThat(page)
                .contains(SECTIONS)
                .contains("<h3>price &lt;in &amp;euro;&gt;</h3>", "<h3>days</h3>")
                .contains("R2 of days, test set", "RMSE of days, test set", "How far the R2 of the test set")
                .contains("Shown are 2,000 of 2,500 rows, drawn by chance.")
                .contains("Measured with 2,000 of 2,500 rows, drawn by chance.")
                .doesNotContain("Distance from the targets", "Metrics of all sets", "NaN", "Infinity");
        assertThat(count(page, "class=\"points\""))
                .as("two targets, wide and narrow")
                .isEqualTo(4);
        String points = page.substring(page.indexOf("class=\"points\""));
        assertThat(count(points.substring(0, points.indexOf("/>")), "h0")).isEqualTo(2000);
        assertThat(page.length()).isLessThan(300_000);
    }

    @Test
    void escapesNamesOfColumnsAndCategories() {
        for (String page : List.of(classes().page(), regression().page())) {
            assertThat(page)
                    .doesNotContain("<script", "</text><s", "<b>", "<in")
                    .contains("<strong>&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\"'</strong>")
                    .contains("aria-label=\"Values of &lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;'")
                    .contains(">&lt;b&gt;red&lt;/b&gt;</text>", ">\"green\" &amp; 'b...</text>")
                    .doesNotContain("w".repeat(100));
        }
    }

    @Test
    void countsWhatItDoesNotShow() {
        Table table = Table.builder()
                .columns(Column.numbers("x_{1..200}", Transform.NONE, Missing.ERROR))
                .column(Column.category(
                        "c", IntStream.range(0, 30).mapToObj(i -> "c" + i).toArray(String[]::new)))
                .label("class", "no", "yes")
                .build();
        double[] fill = new double[201];
        Line[] lines = new Line[201];
        Arrays.fill(fill, Double.NaN);
        Arrays.fill(lines, Line.IDENTITY);
        ColumnDistribution[] distributions = Collections.nCopies(201, NUMBERS).toArray(ColumnDistribution[]::new);
        Network network = Network.builder("", "Many")
                .input(Input.flat(230))
                .layer(1, Activation.SIGMOID)
                .build();
        assertThat(new Example(network)
                        .table(new Fitted(table, fill, lines, new Line[0]), distributions)
                        .page())
                .contains("The first 120 of 201 columns in 30 training rows", "Shown are 40 of 201 columns.")
                .contains(">x_120</strong>")
                .doesNotContain(">x_121</strong>");
    }

    @Test
    void saysThatImportanceTakesTwoRows() {
        assertThat(classes().samples(30, 1).page())
                .contains(
                        "Not measured: it takes two test rows or more, and a number for the accuracy of the test set.");
    }

    @Test
    void refusesATableWithoutItsDistributions() {
        Table table = columns().label("class", "no", "yes").build();
        Fitted fitted = new Fitted(
                table,
                new double[] {31.5, 0, Double.NaN},
                new Line[] {Line.IDENTITY, Line.IDENTITY, Line.IDENTITY},
                new Line[0]);
        Importance none = new Importance("accuracy", 1, 1, 1, 3, List.of());
        assertThatThrownBy(() -> new TrainedTable(fitted, List.of(NUMBERS), none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table must have a distribution for each of its 3 columns: distributions=1");
    }
}
