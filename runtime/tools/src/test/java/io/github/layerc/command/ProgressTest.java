package io.github.layerc.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.TrainingSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    @Test
    void printsTheRecordedCosts() {
        try (Progress progress = new Progress.Lines(out, () -> false)) {
            progress.iteration(0, 0.6930497356599891, true);
            progress.iteration(1, 0.69, false);
            progress.iteration(100, 0.6464320953428849, true);
        }
        out.flush();

        assertThat(text().lines()).containsExactly("iteration 0: cost 0.693050", "iteration 100: cost 0.646432");
    }

    @Test
    void drawsABarWithTheCost() {
        try (Progress progress = new Progress.Bar(out, TrainingSettings.DEFAULT.withIterations(200), () -> false)) {
            progress.iteration(0, 0.6930497356599891, true);
            progress.iteration(199, 0.25, true);
        }

        String last = text().substring(text().lastIndexOf('\r'));
        assertThat(last)
                .contains("training", "100%", "200/200", "cost 0.250000")
                .endsWith(System.lineSeparator());
        assertThat(last.strip().length()).isLessThan(80);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
