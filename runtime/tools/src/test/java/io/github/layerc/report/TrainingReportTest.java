package io.github.layerc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import io.github.layerc.network.TargetRule;
import io.github.layerc.report.draw.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TrainingReportTest {
    private static final String[] PICTURE_SECTIONS = {
        "Pictures of the training set",
        "Mislabelled pictures of the test set",
        "What the network looked at",
        "Weights of the first layer"
    };

    static Network network(List<Integer> shape, int hidden, int outputs) {
        Network.Builder builder = Network.builder("", "Example")
                .input(new Input(shape, new Scale(1, 255)))
                .layer(hidden, Activation.RELU);
        return outputs == 1
                ? builder.layer(1, Activation.SIGMOID).build()
                : builder.layer(outputs, Activation.SOFTMAX)
                        .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                        .build();
    }

    private static Network regression() {
        return Network.builder("", "Regression")
                .input(Input.flat(4))
                .layer(3, Activation.GELU)
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .build();
    }

    private static int count(String page, String part) {
        return page.split(part, -1).length - 1;
    }

    @Test
    void showsEverythingOfATrainingWithPictures() {
        String page = new Example(network(List.of(8, 8, 3), 5, 1))
                .pictures()
                .classes("non-cat", "cat")
                .chosen(1200)
                .page();

        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains(PICTURE_SECTIONS)
                .contains("<h1>Example</h1>", "2 layers, 971 parameters, loss binary_cross_entropy")
                .contains("Example: 192 inputs, then layers of 5 relu, 1 sigmoid", "8x8x3")
                .contains("chosen: iteration 1,200", "y = 1, cat", "y = 0, non-cat")
                .contains("Confusion matrix of the test set", "Precision, recall and F1 of the training set")
                .contains("24 of 30 pictures", "All 5 units")
                .contains("network: Example", "1.25 s")
                .doesNotContain(TableReportTest.SECTIONS)
                .doesNotContain("<script", "NaN", "Infinity");
    }

    /** What a page may load is nothing: the namespace of the drawings is the only address in it. */
    @Test
    void loadsNothing() {
        String page = new Example(network(List.of(8, 8, 3), 5, 1)).pictures().page();
        assertThat(page.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http:", "https:", "url(", "@import")
                .contains("default-src 'none'");
        assertThat(count(page, "<img ")).isEqualTo(count(page, "<img src=\"data:image/png;base64,"));
        assertThat(count(page, "<img ")).isEqualTo(count(page, "\" alt=\"[^\"]+\" width=\"8\" height=\"8\"/>"));
    }

    @Test
    void isTheSameForTheSameValues() {
        Example example = new Example(network(List.of(8, 8, 3), 5, 3)).pictures();
        assertThat(example.page()).isEqualTo(example.page());
        assertThat(new TrainingReport(example.values()).costCurve())
                .isEqualTo(new TrainingReport(example.values()).costCurve());
    }

    @Test
    void escapesWhatFilesSay() {
        String page = new Example(network(List.of(4, 4, 1), 2, 1))
                .pictures()
                .classes("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>\u001b[31m\u202e\n")
                .spec("</pre><script>alert(2)</script>\n# \u001b]0;\u0007")
                .page();
        assertThat(page)
                .doesNotContain("<script", "<img src=x", "\u001b", "\u202e")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;/pre&gt;&lt;script&gt;alert(2)");
    }

    @Test
    void shortensLongNames() {
        String name = "x".repeat(100_000);
        assertThat(new Example(network(List.of(4), 2, 1)).classes("a", name).page())
                .doesNotContain("x".repeat(100))
                .contains("x".repeat(60) + "...");
    }

    @Test
    void hasNoPicturesWhereTheSamplesAreNone() {
        String page = new Example(network(List.of(10), 4, 1)).page();
        assertThat(page).doesNotContain("<img").doesNotContain(PICTURE_SECTIONS).contains("Right and wrong", "Cost");
        // two channels are pictures to the network only
        assertThat(new Example(network(List.of(4, 4, 2), 4, 1)).pictures().page())
                .doesNotContain("<img");
    }

    @Test
    void showsMetricsAndCurvesOfOneOutput() {
        String page = new Example(network(List.of(5), 4, 1)).page();
        assertThat(page)
                .contains("Metrics of all sets", "<th scope=\"row\">roc auc</th>", "<th scope=\"row\">matthews</th>")
                .contains("<h3>ROC curves</h3>", ">by chance</text>", "<h3>Calibration: how often class 1 is right")
                .doesNotContain("top 2 accuracy", "NaN");
        assertThat(count(page, ">test set</text>"))
                .as("costs, ROC, calibration, wide and narrow")
                .isEqualTo(6);
    }

    @Test
    void showsMetricsAndCurvesOfClasses() {
        String page = new Example(network(List.of(5), 4, 9))
                .classes("a", "b", "c".repeat(50), "d", "e", "f", "g", "h", "i")
                .samples(90, 90)
                .page();
        assertThat(page)
                .contains("ROC curves of the test set, the first 5 of 9 classes", ">" + "c".repeat(24) + "...</text>")
                .contains("top 5 accuracy", "Calibration: how often the predicted class is right")
                .doesNotContain("c".repeat(28) + "</text>");
    }

    /** A curve takes samples of the class and others. */
    @Test
    void drawsNoCurveOfASingleClass() {
        TrainingReport.Values values = new Example(network(List.of(5), 4, 1)).values();
        Dataset ofNone = Dataset.of(new double[10], 5, new double[2], 1);
        assertThat(page(
                        values,
                        List.of(new Predictions("training set", ofNone, new double[] {0.2, 0.7}, TargetRule.SHARES))))
                .contains("<th scope=\"row\">roc auc</th><td>-</td>", "Calibration")
                .doesNotContain("ROC curves", "NaN");
    }

    @Test
    void hasNoAccuracyForARegression() {
        String page = new Example(regression()).page();
        assertThat(page)
                .doesNotContain("accuracy", "Right and wrong", "Confusion")
                .contains("Distance from the targets", "root of the mean square", "explained variance")
                .doesNotContain("ROC", "Calibration");
    }

    @Test
    void showsPicturesOfARegression() {
        Network network = Network.builder("", "Age")
                .input(new Input(List.of(4, 4, 1), Scale.ONE))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.HUBER)
                .build();
        assertThat(new Example(network).pictures().page())
                .contains("Pictures of the training set", "What the network looked at", "y = ")
                .doesNotContain("Mislabelled");
    }

    @Test
    void countsWhatItDoesNotShow() {
        Network network = network(List.of(6, 6, 3), 300, 1);
        String page = new Example(network).pictures().samples(3000, 10_000).page();
        assertThat(page)
                .contains("24 of 3,000 pictures")
                .containsPattern("The first 60 of [1-9],\\d{3} mislabelled pictures")
                .contains("The first 32 of 300 units");
        assertThat(count(page, "<img ")).isEqualTo(24 + 60 + 2 * 8 + 2 * 32);
    }

    /** Noise is what PNG compresses worst. */
    @Test
    void staysBelowAFewMegabytes() {
        String page = new Example(network(List.of(200, 150, 3), 40, 2))
                .pictures()
                .samples(100, 200)
                .page();
        assertThat(page.length()).isBetween(1_000_000, 4_000_000);
    }

    @Test
    void showsManyClassesAsTheirCommonMistakes() {
        String page = new Example(network(List.of(5), 4, 1000)).samples(50, 400).page();
        assertThat(page)
                .contains("Classes of the test set that were taken for another", "the first 100 of 1000 classes")
                .doesNotContain("Confusion matrix");
        assertThat(page.length()).isLessThan(200_000);
    }

    @Test
    void drawsSomeOfManyLayers() {
        Network.Builder builder = Network.builder("", "Deep").input(Input.flat(3));
        IntStream.range(0, 400).forEach(i -> builder.layer(20, Activation.TANH));
        String page = new Example(builder.layer(1, Activation.SIGMOID).build()).page();
        assertThat(page).contains("378 more layers", "layer 390", "without the last 301");
        assertThat(page.length()).isLessThan(500_000);
    }

    @Test
    void takesACostOfOneIterationAndOneThatIsNoNumber() {
        Network network = network(List.of(5), 4, 1);
        String one = new Example(network)
                .costs(new Series("training set", List.of(new Series.Point(0, 0.69))))
                .page();
        assertThat(one).contains("<circle class=\"dot colour0\"", "0.69</strong>");
        String none = new Example(network)
                .costs(new Series("training set", List.of(new Series.Point(0, Double.NaN))))
                .page();
        assertThat(none).contains("no numbers to draw", "not a number</strong>").doesNotContain("NaN");
    }

    @Test
    void showsMarginsWhereOutputsAreNoProbabilities() {
        Network margins = Network.builder("", "Example")
                .input(new Input(List.of(4, 4, 1), Scale.ONE))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.HINGE)
                .build();
        TrainingReport.Values values = new Example(margins).pictures().values();
        double[] outputs = new double[30];
        Arrays.fill(outputs, -2.25);
        Predictions known = new Predictions(
                "training set",
                values.results().get(0).data(),
                outputs,
                margins.loss().targets());
        assertThat(page(values, List.of(known)))
                .contains("predicted 0, 2.25", "with the predicted class and the margin that the network gives to it")
                .contains("<th scope=\"row\">roc auc</th>", "<h3>ROC curves</h3>")
                .doesNotContain("predicted 1,", "log loss", "brier", "Calibration");
    }

    @Test
    void showsOutputsThatAreNoNumbersAsNone() {
        TrainingReport.Values values =
                new Example(network(List.of(4, 4, 1), 2, 1)).pictures().values();
        double[] outputs = new double[30];
        Arrays.fill(outputs, Double.NaN);
        Predictions broken =
                new Predictions("training set", values.results().get(0).data(), outputs, TargetRule.SHARES);
        assertThat(page(values, List.of(broken)))
                .contains("none</th>", "0 of 30 samples right", "predicted none, -")
                .doesNotContain("NaN");
    }

    private static String page(TrainingReport.Values values, List<Predictions> results) {
        return new TrainingReport(new TrainingReport.Values(
                        values.trained(),
                        values.costs(),
                        values.chosen(),
                        results,
                        values.classes(),
                        values.pictureShape(),
                        values.table(),
                        values.seconds(),
                        values.facts(),
                        values.spec()))
                .page();
    }

    @Test
    void saysWhereNoPixelChangesTheOutput() {
        Network network = network(List.of(4, 4, 1), 2, 1);
        TrainingReport.Values values = new Example(network).pictures().values();
        TrainingReport.Values zero = new TrainingReport.Values(
                new TrainedNetwork(network, new double[network.parameterCount()]),
                values.costs(),
                values.chosen(),
                values.results(),
                values.classes(),
                values.pictureShape(),
                values.table(),
                values.seconds(),
                values.facts(),
                values.spec());
        assertThat(new TrainingReport(zero).page())
                .contains("no pixel changes the output", "w = 0, d = 0.")
                .doesNotContain("NaN");
    }

    @Test
    void refusesValuesThatDoNotFit() {
        Network network = network(List.of(4, 4, 1), 2, 1);
        TrainingReport.Values good = new Example(network).pictures().values();
        Dataset other = Dataset.of(new double[6], 3, new double[4], 2);
        refuses(() -> new TrainedNetwork(network, new double[3]), "network Example has 37 parameters: parameters=3");
        refuses(
                () -> new Predictions("test set", other, new double[3], TargetRule.SHARES),
                "test set: outputs must be as many as targets, 4: outputs=3");
        refuses(
                () -> page(good, List.of(new Predictions("test set", other, new double[4], TargetRule.SHARES))),
                "test set must have the 16 inputs and 1 outputs of network Example: inputs=3, outputs=2");
        refuses(
                () -> page(good, List.of()),
                "a report must have results and costs of a training set: results=0, costs=2");
        refuses(
                () -> new Example(network).classes("a", "b", "c").page(),
                "there must be a name for each class or for none: classes=2, names=3");
        refuses(
                () -> new TrainingReport(new TrainingReport.Values(
                        good.trained(),
                        good.costs(),
                        OptionalInt.empty(),
                        good.results(),
                        List.of(),
                        Optional.of(List.of(5, 5, 1)),
                        Optional.empty(),
                        1,
                        List.of(),
                        "")),
                "pictures must have the 16 values of network Example: shape=[5, 5, 1]");
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
