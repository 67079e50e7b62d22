package io.github.layerc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.ChildJvm;
import io.github.layerc.command.GeneratedCat;
import io.github.layerc.engine.FloatEngine;
import io.github.layerc.engine.Target;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.pictures.PictureFiles;
import io.github.layerc.pictures.SyntheticPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Looks like a generated class; its gradients of the second weights are wrong where it is asked to be. */
    private static FloatEngine named(Network network, String name, int batch, double wrongBy) {
        FloatEngine engine = Interpreter.createFloat(network, batch);
        int from = network.layers().get(1).weightsAt();
        return (FloatEngine) Proxy.newProxyInstance(
                CheckCommandTest.class.getClassLoader(),
                new Class<?>[] {FloatEngine.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("name")) {
                        return name;
                    }
                    Object result = method.invoke(engine, arguments);
                    if (method.getName().equals("gradients")) {
                        ((float[]) arguments[3])[from] *= (float) (1 + wrongBy);
                    }
                    return result;
                });
    }

    private static Network network(String name) {
        return Network.builder("", name)
                .input(Input.flat(5))
                .layer(4, Activation.RELU)
                .layer(1, Activation.SIGMOID)
                .build();
    }

    /** An engine that is right. */
    public static final class Right {
        public static final Network NETWORK = network("Right");

        private Right() {}

        public static FloatEngine create(int batch, Target target) {
            return named(NETWORK, target.name(), batch, 0);
        }
    }

    /** One that is wrong for one target. */
    public static final class Wrong {
        public static final Network NETWORK = network("Wrong");

        private Wrong() {}

        public static FloatEngine create(int batch, Target target) {
            return named(NETWORK, target.name(), batch, target == Target.SCALAR ? 0.01 : 0);
        }
    }

    /** Behind so many layers a bound in float says nothing. */
    public static final class Deep {
        public static final Network NETWORK = deep();

        private Deep() {}

        private static Network deep() {
            Network.Builder builder = Network.builder("", "Deep").input(Input.flat(5));
            for (int layer = 0; layer < 20; layer++) {
                builder.layer(4, Activation.TANH);
            }
            return builder.layer(1, Activation.SIGMOID).build();
        }

        public static FloatEngine create(int batch, Target target) {
            return named(NETWORK, target.name(), batch, 0);
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (Stream.of(arguments).noneMatch(argument -> argument.startsWith("output"))) {
            all.add("output=" + folder.resolve("results"));
        }
        return CheckCommand.run(all, new PrintStream(out), new PrintStream(err));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private static String of(Class<?> type) {
        return "network=" + type.getName();
    }

    @Test
    void checksAllEnginesAndWritesItsFiles() throws IOException {
        assertThat(run(of(Right.class))).as(text(err)).isZero();

        assertThat(text(err)).isEmpty();
        Path csv = folder.resolve("results/check.csv");
        Path xml = folder.resolve("results/TEST-layerc-Right.xml");
        assertThat(text(out).lines())
                .startsWith(
                        "data: 17 random samples with random targets, since layerc.data is not given",
                        "Right [5, 4, 1], float, 17 samples")
                .anyMatch(line -> line.matches("engine +what +residual +bound +verdict"))
                .endsWith("wrote " + csv, "wrote " + xml, "all 43 rows are within their bounds");
        List<String> lines = Files.readAllLines(csv);
        // differences of 4 arrays; for each engine 2 layers, cost, 4 gradients, 3 steps of 2 layers
        assertThat(lines).hasSize(1 + 4 + 3 * (2 + 1 + 4 + 6));
        assertThat(lines.subList(1, lines.size()))
                .allMatch(line -> line.endsWith(",pass"))
                .extracting(line -> line.substring(0, line.indexOf(',')))
                .containsOnly("central differences", "interpreter", "SCALAR", "VECTOR");
        assertThat(xml).content().contains("tests=\"43\" failures=\"0\"");
    }

    @Test
    void namesTheFirstRowThatFailedAndTheirNumber() {
        assertThat(run(of(Wrong.class), "samples=3")).isEqualTo(1);

        assertThat(text(err))
                .matches("Wrong: SCALAR: gradient W2: expected a residual of at most \\S+: found \\S+: "
                        + "1 of 43 rows failed\\R");
        assertThat(folder.resolve("results/check.csv")).content().containsOnlyOnce(",FAIL\n");
        assertThat(folder.resolve("results/TEST-layerc-Wrong.xml"))
                .content()
                .containsOnlyOnce("<failure ")
                .contains("failures=\"1\"");
    }

    @Test
    void saysHowManyRowsAreTooWideToTell() throws IOException {
        assertThat(run(of(Deep.class), "samples=3")).as(text(err)).isZero();
        long unseen = Files.readAllLines(folder.resolve("results/check.csv")).stream()
                .filter(line -> line.endsWith(",unseen"))
                .count();
        assertThat(unseen).isPositive();
        assertThat(text(out))
                .containsPattern(
                        unseen + " of \\d+ rows have bounds too wide to tell: check with -Dlayerc.precision=double");
        assertThat(folder.resolve("results/TEST-layerc-Deep.xml")).content().contains("skipped=\"" + unseen + "\"");
    }

    @Test
    void takesSamplesOfPicturesWhereThereAreSome() throws IOException {
        Path data = folder.resolve("data");
        PictureFiles.write(data, SyntheticPictures.draw(1, 12, 5), "a test");
        assertThat(run(of(GeneratedCat.class), "samples=4", "data=" + data))
                .as(text(err))
                .isZero();
        assertThat(text(out)).startsWith("data: 4 of 12 training samples in " + data);
    }

    @Test
    void refusesMoreSamplesThanFitAnArray() {
        assertThat(run(of(GeneratedCat.class), "samples=174763")).isEqualTo(1);
        assertThat(text(err))
                .isEqualTo("GeneratedCat: samples must be at most 174762, so that they fit an array: samples=174763"
                        + System.lineSeparator());
    }

    @Test
    void saysInOneLineThatMemoryIsTooSmall() throws Exception {
        ChildJvm child = ChildJvm.run(
                List.of("-Xmx24m"),
                CheckCommand.class,
                of(Right.class),
                "samples=1000000",
                "output=" + folder.resolve("results"));
        assertThat(child.exit()).as(child.output()).isEqualTo(1);
        assertThat(child.output())
                .doesNotContain("\tat ")
                .containsPattern(
                        "Right: too little memory.*: expected room for .*found a heap of at most \\d+ MB.*-Xmx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "samples=0 | samples must be an integer from 1 to 2147483647: samples=0",
                "samples=many | samples must be an integer from 1 to 2147483647: samples=many",
                "samples=2147483647 | Right: batch must be at most 31580577, so that a workspace fits its arrays: "
                        + "batch=2147483647",
                "data=FOLDER/none | FOLDER/none: no such data: expected a folder with train_catvnoncat.h5 and "
                        + "test_catvnoncat.h5; or <class>/*.jpg, .jpeg, .png or .gif; or train/<class>/* and "
                        + "test/<class>/*; or train-images-idx3-ubyte and train-labels-idx1-ubyte, .gz or not; "
                        + "or x_train.npy and y_train.npy, or x.npy and y.npy; or a file .npz, .h5, .hdf5: found nothing",
                "network=no.Such | no.Such: no such class on the class path",
                "network= | missing argument: expected network",
                "output= | missing argument: expected output",
                "output=FOLDER/file | FOLDER/file: not a folder: expected a folder for results: found a file at FOLDER/file",
                "rate=1 | unknown argument: expected key=value with one of network, spec, output, data, samples: "
                        + "argument=rate=1"
            })
    void refusesBadInputInOneLine(String argument, String message) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        String given = argument.replace("FOLDER", folder.toString());
        String[] arguments =
                argument.startsWith("network=") ? new String[] {given} : new String[] {of(Right.class), given};
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(text(err)).isEqualTo(message.replace("FOLDER", folder.toString()) + System.lineSeparator());
        assertThat(text(out)).isEmpty();
    }
}
