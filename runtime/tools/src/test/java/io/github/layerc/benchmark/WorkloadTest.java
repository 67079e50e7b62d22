package io.github.layerc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Scale;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadTest {
    private static final int COUNT = 50;

    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Loss#all")
    void drawsSamplesOfTheScaledRangeAndTargetsOfTheLoss(Loss loss) {
        Network network = network(loss);
        Dataset data = new Workload(network, COUNT).dataset();
        assertThat(data.count()).isEqualTo(COUNT);
        for (int s = 0; s < COUNT; s++) {
            double sum = 0;
            for (int u = 0; u < network.outputs(); u++) {
                double target = data.target(s, u);
                assertThat(loss.targets().accepts(target)).isTrue();
                assertThat(!loss.classifies()
                                || target == loss.targets().of(false)
                                || target == loss.targets().of(true))
                        .isTrue();
                sum += target;
            }
            assertThat(loss.targets().acceptsSum(sum)).isTrue();
            for (int i = 0; i < network.inputs(); i++) {
                assertThat(data.sample(s, i)).isBetween(0.0, 255.0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.layerc.network.Loss#all")
    void drawsTheSameEveryTime(Loss loss) {
        Workload workload = new Workload(network(loss), COUNT);
        Workload again = new Workload(network(loss), COUNT);
        assertThat(again.samples()).isEqualTo(workload.samples());
        assertThat(workload.samplesAsDouble()[3]).isEqualTo(workload.samples()[3]);
        for (int s = 0; s < COUNT; s++) {
            assertThat(again.dataset().target(s, 1))
                    .isEqualTo(workload.dataset().target(s, 1));
        }
    }

    private static Network network(Loss loss) {
        return Network.builder("", "Test")
                .input(new Input(List.of(2, 3), new Scale(1, 255)))
                .layer(4, loss.usualOutput())
                .loss(loss)
                .build();
    }
}
