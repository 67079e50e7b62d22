package io.github.layerc.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are what they have to be in double, and infinite, 0 or 1 in float; and layers whose output says nothing. */
class SpecPrecisionTest {
    private static final String SHORT = "network: Net\nlayer_dims: [2, 1]\n";

    private static ErrorCase more(String more, String expected) {
        return ErrorCase.of(SHORT + more, expected);
    }

    static Stream<ErrorCase> errors() {
        String rate = "training: learning_rate must be positive and finite in float: learning_rate=";
        return Stream.of(
                more("training: {learning_rate: 1e300}", "3:27: " + rate + "1e300"),
                more("training: {learning_rate: 1e40}", "3:27: " + rate + "1e40"),
                more("training: {learning_rate: 1e-60}", "3:27: " + rate + "1e-60"),
                more("precision: float\ntraining: {learning_rate: 3.5e38}", "4:27: " + rate + "3.5e38"),
                // also where the precision comes behind
                more("training: {learning_rate: 1e300}\nprecision: float", "3:27: " + rate + "1e300"),
                more("training: {l1: 1e39}", "3:16: training: l1 must be at least 0 and finite in float: l1=1e39"),
                more(
                        "training: {class_weights: [1, 1e39]}",
                        "3:31: training: weight must be at least 0 and finite in float: weight=1e39"),
                more("training: {l2: 1e39}", "3:16: training: l2 must be at least 0 and finite in float: l2=1e39"),
                more(
                        "training: {optimizer: momentum, momentum: 0.99999999}",
                        "3:43: training: momentum must be at least 0 and below 1 in float: momentum=0.99999999"),
                more(
                        "initializer: {kind: normal, scale: 1e39}",
                        "3:36: initializer: scale must be positive and finite in float: scale=1e39"),
                more(
                        "initializer: {kind: normal, scale: 1e-50}",
                        "3:36: initializer: scale must be positive and finite in float: scale=1e-50"),
                more(
                        "initializer: {kind: constant, value: -1e39}",
                        "3:38: initializer: value must be finite in float: value=-1e39"),
                more("input: {scale: 1e200}", "3:16: input: scale must be finite and not zero in float: scale=1e200"),
                more(
                        "input: {scale: 1/1e100}",
                        "3:16: input: scale must be finite and not zero in float: scale=1/1e100"),
                // one mistake, one error
                ErrorCase.of(
                        SHORT + "precision: half\ntraining: {learning_rate: 1e300}",
                        "3:12: unknown precision: expected one of float, double: precision=half"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void refusesWhatFloatCannotHold(ErrorCase each) {
        each.check();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training: {learning_rate: 1e300}",
                "training: {learning_rate: 1e-300}",
                "training: {l2: 1e39}",
                "training: {optimizer: momentum, momentum: 0.99999999}",
                "initializer: {kind: normal, scale: 1e39}",
                "initializer: {kind: constant, value: -1e39}",
                "input: {scale: 1e200}",
                "input: {scale: 1/1e100}"
            })
    void takesThemInDouble(String more) {
        Network network =
                SpecReader.read("n.yaml", SHORT + more + "\nprecision: double").network();
        assertThat(network.precision()).isEqualTo(Precision.DOUBLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "training: {learning_rate: 3e38}",
                "training: {learning_rate: 1e-44}",
                "training: {l2: 1e-60}",
                "initializer: {kind: normal, scale: 1e38}",
                "initializer: {kind: constant, value: 1e-60}"
            })
    void takesWhatFloatHolds(String more) {
        assertThat(SpecReader.read("n.yaml", SHORT + more).network().precision())
                .isEqualTo(Precision.FLOAT);
    }

    static Stream<ErrorCase> constantOutputs() {
        String one = "units must be at least 2 with softmax, whose output is always 1 with one: units=1";
        String form = "network: Net\ninput: {shape: [2]}\n";
        return Stream.of(
                ErrorCase.of(
                        form + "loss: categorical_cross_entropy\nlayers: [{units: 1, activation: softmax}]",
                        "4:18: layer 1: " + one),
                ErrorCase.of(
                        form + "loss: mean_squared_error\nlayers:\n  - {units: 3, activation: relu}\n"
                                + "  - {activation: softmax, units: 1}",
                        "6:34: layer 2: " + one));
    }

    @ParameterizedTest
    @MethodSource("constantOutputs")
    void refusesSoftmaxOfOneUnit(ErrorCase each) {
        each.check();
    }
}
