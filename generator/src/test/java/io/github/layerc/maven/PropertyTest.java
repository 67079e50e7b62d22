package io.github.layerc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.layerc.network.Form;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyTest {

    @Test
    void readsValues() {
        assertThat(new Property("layerc.iterations", "12").wholeNumber(1)).isEqualTo(12);
        assertThat(new Property("layerc.learningRate", "7.5e-3").positiveNumber())
                .isEqualTo(0.0075);
        assertThat(new Property("layerc.engine", "scalar").oneOf(List.of("vector", "scalar")))
                .isEqualTo("scalar");
        assertThat(new Property("layerc.form", "gram").oneOf(Form.values(), Form::keyword))
                .isEqualTo(Form.GRAM);
        assertThat(new Property("layerc.engine", " ").isSet()).isFalse();
        assertThat(new Property("layerc.engine", null).isSet()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "many", "3000000000", "1e3"})
    void refusesWhatIsNoNumberFromTheLeastOn(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Property("layerc.iterations", text).wholeNumber(1))
                .withMessage("expected a whole number from 1 to 2147483647: layerc.iterations=" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.1", "NaN", "Infinity", "1e999", "1e-999", "fast"})
    void refusesWhatIsNoPositiveNumber(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Property("layerc.learningRate", text).positiveNumber())
                .withMessage("expected a positive, finite number: layerc.learningRate=" + text);
    }

    @Test
    void tellsSharesFromFiles() {
        assertThat(new Property("layerc.validation", "0.25").isNumber()).isTrue();
        assertThat(new Property("layerc.validation", "0.25").share()).isEqualTo(0.25);
        assertThat(new Property("layerc.validation", "more.h5").isNumber()).isFalse();
        assertThat(new Property("layerc.validation", "NaN").isNumber()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-0.5", "20", "Infinity"})
    void refusesWhatIsNoShare(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Property("layerc.validation", text).share())
                .withMessage("expected a number above 0 and below 1, or a file: layerc.validation=" + text);
    }

    @Test
    void namesTheWordsThatItTakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Property("layerc.engine", "gpu").oneOf(List.of("vector", "scalar")))
                .withMessage("expected one of vector, scalar: layerc.engine=gpu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Property("layerc.form", "GRAM").oneOf(Form.values(), Form::keyword))
                .withMessage("expected one of auto, direct, gram: layerc.form=GRAM");
    }

    @Test
    void takesNothingButTrueAndFalseForAFlag() {
        assertThat(new Property("layerc.skip", "true").flag()).isTrue();
        assertThat(new Property("layerc.skip", "false").flag()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Property("layerc.skip", "yes").flag())
                .withMessage("expected one of true, false: layerc.skip=yes");
    }

    @Test
    void saysWhatMustBeGiven() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Property("layerc.network", null).required("a network"))
                .withMessage("a network must be given: -Dlayerc.network=...");
    }
}
