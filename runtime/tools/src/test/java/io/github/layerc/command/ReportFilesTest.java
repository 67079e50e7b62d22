package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import io.github.layerc.data.DataException;
import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.pictures.PictureSet;
import io.github.layerc.pictures.SyntheticPictures;
import io.github.layerc.source.TrainingSet;
import io.github.layerc.training.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A model is worth more than its report. */
    @Test
    void leavesOutAReportThatCannotBeMade() {
        PictureSet pictures = SyntheticPictures.draw(1, 4, 2);
        try (Engine engine = Interpreter.create(GeneratedCat.NETWORK, 4)) {
            engine.initialize();
            Trainer.Result result =
                    new Trainer(GeneratedCat.NETWORK.training().withIterations(1), 1).train(engine, pictures.train());
            assertThat(contents(engine, pictures, result))
                    .containsOnlyKeys("report.html", "costs.svg", "events.out.tfevents.layerc");
            assertThat(text()).isEmpty();

            assertThat(contents(failing(engine, new OutOfMemoryError()), pictures, result))
                    .isEmpty();
            assertThat(text())
                    .matches("warning: GeneratedCat: no report.html: too little memory for it beside the model: "
                            + "found a heap of at most \\d+ MB\\R");
            err.reset();
            assertThat(contents(failing(engine, new IllegalStateException("a bug")), pictures, result))
                    .isEmpty();
            assertThat(text())
                    .startsWith("warning: GeneratedCat: no report.html: a fault of layerc's own: "
                            + "java.lang.IllegalStateException: a bug")
                    .contains("at io.github.layerc");
        }
    }

    static Engine failing(Engine engine, Throwable thrown) {
        return (Engine) Proxy.newProxyInstance(
                ReportFilesTest.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("predict")) {
                        throw thrown;
                    }
                    return method.invoke(engine, arguments);
                });
    }

    private Map<String, ?> contents(Engine engine, PictureSet pictures, Trainer.Result result) {
        Metrics metrics = new Metrics(
                "GeneratedCat",
                "interpreter",
                "direct",
                Optional.empty(),
                "double",
                1,
                1,
                Optional.empty(),
                0.7,
                Optional.of(0.5),
                Optional.of(0.5),
                Optional.empty(),
                1,
                2,
                "schedule",
                new JsonArray(),
                Map.of());
        TrainingSet data =
                new TrainingSet(pictures.train(), pictures.test(), pictures.shape(), pictures.classes(), true);
        return new ReportFiles(engine, GeneratedCat.NETWORK.training(), data, result, metrics, "network: x")
                .contents(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void removesTheReportsOfAnEarlierTraining() throws IOException {
        Files.createFile(folder.resolve("report.html"));
        Files.createFile(folder.resolve("model.h5"));
        ReportFiles.removeOthers(folder, Map.of());
        assertThat(folder).isDirectoryNotContaining("glob:**report.html").isDirectoryContaining("glob:**model.h5");
    }

    @Test
    void saysWhichReportCannotBeRemoved() throws IOException {
        Path report = folder.resolve("report.html");
        Files.createDirectories(report.resolve("inside"));
        assertThatThrownBy(() -> ReportFiles.removeOthers(folder, Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessage(report
                        + ": cannot remove this file of an earlier training: expected a writable folder: found "
                        + "DirectoryNotEmptyException: " + report);
    }
}
