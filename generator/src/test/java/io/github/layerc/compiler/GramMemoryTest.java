package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Training;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.network.TrainingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Gram form in JVMs whose heap is full, of what is needed or of garbage: only an attempt to allocate tells them apart. */
class GramMemoryTest {
    /** Of which the products take 36 MB. */
    private static final int SAMPLES = 2000;

    /** Fills a heap of 100 MB but for a quarter. */
    private static final int MEGABYTES = 75;

    private static final String NEEDED =
            "products of all pairs of 2000 samples and what belongs to them take 36 MB, more than is"
                    + " left of the heap of ";

    @Test
    void garbageIsNoObjection() throws Exception {
        assertThat(run("garbage", Form.AUTO)).contains("form GRAM: ");
    }

    @Test
    void takesTheDirectFormWhereTheHeapIsFull() throws Exception {
        assertThat(run("needed", Form.AUTO)).contains("form DIRECT: " + NEEDED);
    }

    @Test
    void refusesTheGramFormWhereTheHeapIsFull() throws Exception {
        assertThat(run("needed", Form.GRAM)).contains("refused: network Net: form gram is not possible: " + NEEDED);
    }

    private static String run(String fill, Form form) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx100m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GramMemoryTest.class.getName(),
                        fill,
                        form.name())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    /** What the tests start. */
    public static void main(String[] arguments) {
        List<byte[]> fill = new ArrayList<>();
        for (int i = 0; i < MEGABYTES; i++) {
            fill.add(new byte[1 << 20]);
        }
        if (arguments[0].equals("garbage")) {
            fill.clear();
        }
        Network network = Network.builder("", "Net")
                .input(Input.flat(1500))
                .layer(1, Activation.SIGMOID)
                .build();
        TrainingSettings settings = TrainingSettings.DEFAULT
                .withForm(Form.valueOf(arguments[1]))
                .withBatch(1)
                .withIterations(Integer.MAX_VALUE);
        Dataset data = Dataset.ofBytes(new byte[SAMPLES * 1500], 1500, new double[SAMPLES], 1);
        try (Engine engine = Interpreter.create(network, 1)) {
            engine.initialize();
            try (Training training = engine.train(data, settings)) {
                System.out.println("form " + training.form() + ": " + training.formReason());
            }
        } catch (IllegalArgumentException e) {
            System.out.println("refused: " + e.getMessage());
        }
        System.out.println(fill.size() + " MB kept");
    }
}
