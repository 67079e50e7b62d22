package io.github.layerc.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.benchmark.Workload;
import io.github.layerc.engine.Target;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.tuned.TunedSchedules;
import io.github.layerc.schedule.tuned.Tuning;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VariantTest {
    /** Else all candidates would be the class of the project, and none better than another. */
    @Test
    void isTheClassThatWasJustCompiledAndNotThatOfTheProject() {
        Network network = Network.builder(Shadowed.class.getPackageName(), Shadowed.class.getSimpleName())
                .input(Input.flat(3))
                .layer(1, Activation.SIGMOID)
                .build();
        Tuning tuning = new Tuning(
                Target.SCALAR,
                network.precision(),
                new Tuning.Origin("any", "17", 1, 4),
                TunedSchedules.NONE
                        .scheduler(Target.SCALAR, network.precision(), Machine.GENERIC)
                        .storage(network),
                new TreeMap<>());
        try (Variant one = Variant.open(network, tuning, new Workload(network, 4));
                Variant other = Variant.open(network, tuning, new Workload(network, 4))) {
            assertThat(one.engine().network()).isEqualTo(network);
            assertThat(classOf(one)).isNotEqualTo(Shadowed.class).isNotEqualTo(classOf(other));
        }
    }

    private static Class<?> classOf(Variant variant) {
        return variant.engine().getClass();
    }
}
