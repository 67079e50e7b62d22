package io.github.layerc.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wrong kernel must never win. */
class AgreementTest {
    private static Network network(Precision precision, Activation hidden, Loss loss) {
        return Network.builder("", "Net")
                .input(Input.flat(100))
                .layer(9, hidden)
                .layer(2, Activation.SIGMOID)
                .loss(loss)
                .precision(precision)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void tellsRightEnginesFromWrongOnes(Precision precision) {
        Network network = network(precision, Activation.RELU, Loss.BINARY_CROSS_ENTROPY);
        Agreement agreement = new Agreement(network, 17);
        try (Engine right = Interpreter.create(network, 17);
                Engine otherOutputs =
                        Interpreter.create(network(precision, Activation.IDENTITY, Loss.BINARY_CROSS_ENTROPY), 17);
                Engine otherGradients =
                        Interpreter.create(network(precision, Activation.RELU, Loss.MEAN_SQUARED_ERROR), 17)) {
            assertThat(agreement.objection(right)).isEmpty();
            assertThat(agreement.objection(otherOutputs)).startsWith("output ");
            assertThat(agreement.objection(otherGradients)).startsWith("parameter after a step ");
        }
    }
}
