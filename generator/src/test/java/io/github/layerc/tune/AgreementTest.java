package io.github.layerc.tune;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.Engine;
import io.github.layerc.interpreter.Interpreter;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Loss;
import io.github.layerc.network.Network;
import io.github.layerc.network.Optimizer;
import io.github.layerc.network.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wrong kernel must never win. */
class AgreementTest {
    /** What the first step does to pre-activations shows in the second one only: with momentum, that is another one, and the first is not. */
    @ParameterizedTest
    @EnumSource
    void tellsWrongStepsInGramForm(Precision precision) {
        Network network = network(precision, Activation.RELU, Loss.BINARY_CROSS_ENTROPY);
        Network momentum = network.withTraining(network.training().withOptimizer(Optimizer.MOMENTUM));
        Agreement agreement = new Agreement(network, 80);
        try (Engine right = Interpreter.create(network, 80);
                Engine wrong = Interpreter.create(momentum, 80)) {
            assertThat(agreement.gramObjection(right)).isEmpty();
            assertThat(agreement.objection(wrong)).isEmpty();
            assertThat(agreement.gramObjection(wrong)).startsWith("parameter after step 2 in Gram form ");
        }
    }

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
