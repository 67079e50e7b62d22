package io.github.layerc.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingSettingsTest {
    private static final TrainingSettings ALL =
            new TrainingSettings(Optimizer.NESTEROV, 0.1, 20, 30, 0.4, 0.5, Form.GRAM);

    @Test
    void changesOneThingAtATime() {
        assertThat(ALL.withLearningRate(1))
                .isEqualTo(new TrainingSettings(Optimizer.NESTEROV, 1, 20, 30, 0.4, 0.5, Form.GRAM));
        assertThat(ALL.withIterations(1))
                .isEqualTo(new TrainingSettings(Optimizer.NESTEROV, 0.1, 1, 30, 0.4, 0.5, Form.GRAM));
        assertThat(ALL.withBatch(0))
                .isEqualTo(new TrainingSettings(Optimizer.NESTEROV, 0.1, 20, 0, 0.4, 0.5, Form.GRAM));
        assertThat(ALL.withMomentum(0))
                .isEqualTo(new TrainingSettings(Optimizer.NESTEROV, 0.1, 20, 30, 0, 0.5, Form.GRAM));
        assertThat(ALL.withL2(0)).isEqualTo(new TrainingSettings(Optimizer.NESTEROV, 0.1, 20, 30, 0.4, 0, Form.GRAM));
        assertThat(ALL.withForm(Form.AUTO))
                .isEqualTo(new TrainingSettings(Optimizer.NESTEROV, 0.1, 20, 30, 0.4, 0.5, Form.AUTO));
        assertThat(ALL.withOptimizer(Optimizer.MOMENTUM))
                .isEqualTo(new TrainingSettings(Optimizer.MOMENTUM, 0.1, 20, 30, 0.9, 0.5, Form.GRAM));
        assertThat(ALL.withOptimizer(Optimizer.GRADIENT_DESCENT).momentum()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "momentum, 0, 1, 0, 0, 0, learning rate must be positive and finite: learning_rate=0.0",
        "momentum, NaN, 1, 0, 0, 0, learning rate must be positive and finite: learning_rate=NaN",
        "momentum, 1, 0, 0, 0, 0, iterations must be at least 1: iterations=0",
        "momentum, 1, 1, -1, 0, 0, 'batch must be at least 1, or 0 for all samples: batch=-1'",
        "momentum, 1, 1, 0, 1, 0, momentum must be at least 0 and below 1: momentum=1.0",
        "momentum, 1, 1, 0, -0.5, 0, momentum must be at least 0 and below 1: momentum=-0.5",
        "momentum, 1, 1, 0, NaN, 0, momentum must be at least 0 and below 1: momentum=NaN",
        "gradient_descent, 1, 1, 0, 0.5, 0, optimizer gradient_descent has no momentum: momentum=0.5",
        "momentum, 1, 1, 0, 0, -1, l2 must be at least 0 and finite: l2=-1.0",
        "momentum, 1, 1, 0, 0, Infinity, l2 must be at least 0 and finite: l2=Infinity",
        "momentum, 1, 1, 0, 0, NaN, l2 must be at least 0 and finite: l2=NaN"
    })
    void refusesWhatIsOutOfRange(
            String keyword, double rate, int iterations, int batch, double momentum, double l2, String message) {
        Optimizer optimizer = Optimizer.all().stream()
                .filter(each -> each.keyword().equals(keyword))
                .findFirst()
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSettings(optimizer, rate, iterations, batch, momentum, l2, Form.AUTO))
                .withMessage(message);
    }

    @ParameterizedTest
    @EnumSource
    void gramFormIsForLinearUpdatesOnly(Form form) {
        assertThat(form.accepts(true)).isTrue();
        assertThat(form.accepts(false)).isEqualTo(form != Form.GRAM);
    }
}
