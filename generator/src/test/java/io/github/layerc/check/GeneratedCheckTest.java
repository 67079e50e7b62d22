package io.github.layerc.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.compiler.Generated;
import io.github.layerc.engine.Engine;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Clip;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import io.github.layerc.network.TrainingSettings;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generated classes of both targets pass: with sizes that leave lanes over, dropout, penalties and a clip. */
class GeneratedCheckTest {
    private static final int SAMPLES = 9;

    private static Network network(Precision precision) {
        return Network.builder("test", "Net")
                .input(Input.flat(19))
                .layer(10, Activation.GELU)
                .layerL1(0.01)
                .dropout(0.25)
                .layer(5, Activation.LEAKY_RELU)
                .layer(3, Activation.SOFTMAX)
                .loss(Loss.CATEGORICAL_CROSS_ENTROPY)
                .training(
                        new TrainingSettings(Optimizer.NADAM, 0.01).withL2(0.1).withClip(Clip.globalNorm(0.5)))
                .precision(precision)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void allRowsPass(Precision precision) {
        Network network = network(precision);
        NetworkCheck check = new NetworkCheck(network, new Workload(network, SAMPLES).dataset());
        assertThat(check.differences()).extracting(CheckRow::verdict).containsOnly(Verdict.PASS);
        Generated generated = new Generated(network);
        for (Target target : Target.values()) {
            try (Engine engine = generated.create(SAMPLES, target)) {
                List<CheckRow> rows = check.rows(engine);
                assertThat(rows)
                        .allSatisfy(row ->
                                assertThat(row.verdict()).as(row.toString()).isEqualTo(Verdict.PASS));
            }
        }
    }
}
