package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import io.github.layerc.table.Column;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Split;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training with a table prints and writes. */
class TableTrainingTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** The price is 1000 a + 50 b, with some noise. */
    public static final class Price {
        public static final Table TABLE = Table.builder()
                .column(Column.number("a").with(Transform.STANDARDIZE))
                .column(Column.number("b").with(Transform.STANDARDIZE).with(Missing.MEAN))
                .column(Column.category("c <i>&", "red", "blue \"'").with(Missing.INDICATOR))
                .target("price", Transform.STANDARDIZE)
                .split(Split.usual(false))
                .build();

        public static final Network NETWORK = Network.builder("", "Price")
                .input(Input.flat(TABLE.features()))
                .layer(1, Activation.IDENTITY)
                .loss(Loss.MEAN_SQUARED_ERROR)
                .precision(Precision.DOUBLE)
                .training(new TrainingSettings(Optimizer.ADAM, 0.05, 400).withValidation(0.2))
                .build();

        private Price() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    /** The same price as two classes. */
    public static final class Dear {
        public static final Table TABLE = Table.builder()
                .columns(Price.TABLE.columns())
                .label("dear", "no", "yes")
                .build();

        public static final Network NETWORK = Network.builder("", "Dear")
                .input(Input.flat(TABLE.features()))
                .layer(1, Activation.SIGMOID)
                .precision(Precision.DOUBLE)
                .training(new TrainingSettings(Optimizer.ADAM, 0.05, 200))
                .build();

        private Dear() {}

        public static Engine create(int batch) {
            return Interpreter.create(NETWORK, batch);
        }
    }

    @BeforeEach
    void files() throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("a,b,c <i>&,price,dear\n");
        for (int i = 0; i < 200; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double price = 1000 * a + 50 * b + 100 * random.nextGaussian();
            csv.append(a + "," + (i % 10 == 0 ? "" : b));
            csv.append(i % 4 == 0 ? "," : i % 4 == 1 ? ",red" : ",\"blue \"\"'\"");
            csv.append("," + price + "," + (price > 0 ? "yes" : "no") + "\n");
        }
        Files.writeString(folder.resolve("rows.csv"), csv);
        Files.writeString(folder.resolve("price.yaml"), "network: Price\n");
    }

    private JsonObject train(Class<?> network) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "network=" + network.getName(),
                "spec=" + folder.resolve("price.yaml"),
                "data=" + folder.resolve("rows.csv"),
                "output=" + folder.resolve("out")));
        int code = TrainCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).as(text(err)).isZero();
        assertThat(text(err)).isEmpty();
        return JsonParser.parseString(Files.readString(folder.resolve("out/metrics.json")))
                .getAsJsonObject();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void measuresARegressionInTheUnitOfItsTarget() throws IOException {
        JsonObject metrics = train(Price.class);

        double scale = Double.NaN;
        for (String set : List.of("train", "validation", "test")) {
            JsonObject own = metrics.getAsJsonObject(set)
                    .getAsJsonArray("targets")
                    .get(0)
                    .getAsJsonObject();
            assertThat(own.keySet()).containsExactly("name", "mae", "rmse", "r2");
            assertThat(own.get("name").getAsString()).isEqualTo("price");
            // the noise has 100, and what fills b in some more
            double rmse = own.get("rmse").getAsDouble();
            assertThat(rmse).isBetween(70.0, 140.0);
            assertThat(own.get("r2").getAsDouble())
                    .isCloseTo(metrics.getAsJsonObject(set).get("r2").getAsDouble(), within(1e-9));
            double ratio = rmse / metrics.getAsJsonObject(set).get("rmse").getAsDouble();
            assertThat(Double.isNaN(scale) || Math.abs(ratio / scale - 1) < 1e-9)
                    .as("one scale for all sets")
                    .isTrue();
            scale = ratio;
        }
        assertThat(text(out))
                .containsPattern(
                        "validation R2 of price: 0\\.9\\d+, RMSE: \\d{2,3}\\.?\\d*\\Rtrain R2 of price: "
                                + "0\\.9\\d+, RMSE: \\d{2,3}\\.?\\d*\\Rtest R2 of price: 0\\.9\\d+, RMSE: \\d{2,3}\\.?\\d*\\Rtrained in ");
    }

    @Test
    void listsTheColumnsAsTheModelHasThem() throws IOException {
        JsonArray columns = train(Price.class).getAsJsonArray("columns");

        assertThat(columns).hasSize(3);
        JsonObject b = columns.get(1).getAsJsonObject();
        assertThat(b.keySet()).containsExactly("name", "kind", "transform", "missing", "fill", "center", "scale");
        assertThat(b.get("fill").getAsDouble())
                .as("the mean that was filled in is that of the filled column")
                .isCloseTo(b.get("center").getAsDouble(), within(1e-12));
        JsonObject c = columns.get(2).getAsJsonObject();
        assertThat(c.get("missing").getAsString()).isEqualTo("indicator");
        assertThat(c.getAsJsonArray("categories")).hasSize(2);
    }

    @Test
    void printsAccuraciesOfClasses() throws IOException {
        JsonObject metrics = train(Dear.class);

        assertThat(metrics.getAsJsonArray("columns")).hasSize(3);
        assertThat(metrics.getAsJsonObject("test").has("targets")).isFalse();
        assertThat(text(out))
                .containsPattern("test accuracy: [01]\\.\\d{4} \\(\\d+ of \\d+\\)")
                .doesNotContain("RMSE");
    }

    @Test
    void reportsColumnsImportanceAndWhatIsPredicted() throws IOException {
        train(Price.class);

        String page = Files.readString(folder.resolve("out/report.html"));
        assertThat(page)
                .contains(
                        "<h2>Predicted against true</h2>",
                        "R2 of price, test set",
                        "<h2>Importance of the columns</h2>")
                .contains("<h2>Columns</h2>", "3 columns in 128 training rows")
                .contains("<strong>c &lt;i&gt;&amp;</strong>", ">blue &quot;'</text>".replace("&quot;", "\""))
                .doesNotContain("<i>", "<script", "NaN", "Infinity");
        assertThat(page.indexOf(">a<tspan")).isBetween(0, page.indexOf(">b<tspan"));
    }

    @Test
    void reportsClassesOfATableWithTheirAccuracy() throws IOException {
        train(Dear.class);

        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("<h2>Right and wrong</h2>", "How far the accuracy of the test set, 0.", "<h2>Columns</h2>")
                .doesNotContain("Predicted against true");
    }
}
