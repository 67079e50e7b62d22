package io.github.layerc.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.report.draw.BarChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages as a browser sees them, as wide as a phone and as a laptop, light and dark. */
@Tag("long")
class ReportInBrowserTest {
    /** Not a temporary one: a browser may still write to its profile when it has ended, and deleting it would fail. */
    private static final Path FOLDER = Path.of("target", "browser");

    private Chromium chromium;

    @BeforeEach
    void browser() throws IOException {
        Files.createDirectories(FOLDER);
        chromium = Chromium.find(FOLDER);
    }

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("pictures", pictures().page(), 24 + 16 + 10),
                Arguments.of("grey pictures of a regression", regression(), 24 + 16 + 4),
                Arguments.of("classes with long names", classes(), 0),
                Arguments.of("a table of classes", TableReportTest.classes().page(), 0),
                Arguments.of(
                        "a table of two targets", TableReportTest.regression().page(), 0),
                Arguments.of("many layers", deep(), 0),
                Arguments.of("comparison", comparison(), 0));
    }

    private static Example pictures() {
        return new Example(TrainingReportTest.network(List.of(8, 8, 3), 5, 1))
                .pictures()
                .classes("non-cat", "cat")
                .chosen(1200);
    }

    private static String regression() {
        Network network = Network.builder("", "ARegressionWithANameOfManyCharactersButNotASpaceInIt")
                .input(new Input(List.of(100, 30, 1), new Scale(1, 255)))
                .layer(2, Activation.leakyRelu(0.2))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
        return new Example(network).pictures().page();
    }

    private static String classes() {
        String[] names = IntStream.range(0, 20)
                .mapToObj(i -> "class_" + i + "_<b>" + "w".repeat(80))
                .toArray(String[]::new);
        return new Example(TrainingReportTest.network(List.of(1000), 30, 20))
                .classes(names)
                .spec("# " + "comment ".repeat(60))
                .page();
    }

    private static String deep() {
        Network.Builder builder = Network.builder("", "Deep").input(Input.flat(3));
        IntStream.range(0, 60).forEach(i -> builder.layer(20, Activation.GELU));
        return new Example(builder.layer(1, Activation.SIGMOID).build()).page();
    }

    private static String comparison() {
        return new ComparisonReport(
                        "Comparison of CatNet4",
                        "[12288, 20, 7, 5, 1], float; a machine",
                        List.of("engine", "form", "time", "+-", "GFLOP/s", "B/op", "residual", "speed-up"),
                        List.of(new ComparisonReport.Task(
                                "train_step of 209 samples",
                                List.of(
                                        new BarChart.Bar(
                                                "generated-vector, Gram form", 25_000, 9_000, "25.00 us", true),
                                        new BarChart.Bar("interpreter", 28e6, Double.NaN, "28.00 ms", false)),
                                List.of(
                                        List.of(
                                                "generated-vector",
                                                "gram",
                                                "25.00 us",
                                                "36.0 %",
                                                "8137.10",
                                                "0",
                                                "1e-7",
                                                "1106.4x"),
                                        List.of(
                                                "interpreter",
                                                "direct",
                                                "28.00 ms",
                                                "",
                                                "7.35",
                                                "321",
                                                "4e-7",
                                                "1.0x")))))
                .page();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void isWholeOnAPhoneAndALaptopLightAndDark(String name, String page, int leastPictures) throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            Chromium.Sight sight = chromium.look(page, dark);

            assertThat(sight.console()).as("console").isEmpty();
            int pictures = page.split("<img ", -1).length - 1;
            assertThat(pictures).isGreaterThanOrEqualTo(leastPictures);
            String rest = " wide: " + pictures + " pictures, 0 broken, 0 beyond, " + (dark ? "dark" : "light")
                    + " in sans-serif";
            assertThat(sight.facts().strip().lines()).containsExactly("400" + rest, "1400" + rest);
        }
    }

    /** That the test above can fail. */
    @Test
    void aBrokenPageIsSeen() throws Exception {
        Chromium.Sight sight = chromium.look("""
                <!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
                <body style="margin: 0"><img src="data:image/png;base64,AAAA">
                <script>alert(1)</script><div style="width: 500px">wide</div>""", true);
        assertThat(sight.facts().strip().lines())
                .first()
                .asString()
                .startsWith("400 wide: 1 pictures, 1 broken, 100 beyond, ");
        assertThat(sight.console()).anyMatch(line -> line.contains("Content Security Policy"));
    }

    /** As XML, where a browser forgives nothing. */
    @Test
    void theCostCurveIsAFileOfItsOwn() throws Exception {
        Path file = Files.writeString(
                FOLDER.resolve("costs.svg"), new TrainingReport(pictures().values()).costCurve());
        Chromium.Sight sight = chromium.open(file.toAbsolutePath(), List.of("--dump-dom"));
        assertThat(sight.console()).isEmpty();
        assertThat(sight.facts()).contains("chosen: iteration 1,200").doesNotContain("parsererror", "error on line");
    }

    /** A page is well-formed XML, too, so that no element ends where it should not. */
    @Test
    void aPageIsWellFormed() throws Exception {
        String xml =
                pictures().page().replace("<!DOCTYPE html>\n<html ", "<html xmlns=\"http://www.w3.org/1999/xhtml\" ");
        Chromium.Sight sight = chromium.open(
                Files.writeString(FOLDER.resolve("page.xhtml"), xml).toAbsolutePath(), List.of("--dump-dom"));
        assertThat(sight.facts()).contains("Written by layerc.").doesNotContain("parsererror", "error on line");
    }
}
