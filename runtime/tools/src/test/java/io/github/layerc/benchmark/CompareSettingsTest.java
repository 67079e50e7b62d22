package io.github.layerc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareSettingsTest {

    @Test
    void takesDefaultsForWhatIsNotGiven() {
        assertThat(parse("network=p.Net"))
                .isEqualTo(new CompareSettings("p.Net", Path.of("."), 209, 2, 4, 5, 1, false, false));
        assertThat(parse("network=p.Net", "output=a=b", "samples=3", "seconds=0.5", "training=true", "verbose=true"))
                .isEqualTo(new CompareSettings("p.Net", Path.of("a=b"), 3, 2, 4, 5, 0.5, true, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "samples=0 | samples must be at least 1: samples=0",
                "forks=0 | forks must be at least 1: forks=0",
                "warmupIterations=-1 | warm-up iterations must be at least 0: warmupIterations=-1",
                "iterations=many | expected a whole number: iterations=many",
                "seconds=0 | seconds must be above 0 and at most 3600: seconds=0.0",
                "seconds=NaN | seconds must be above 0 and at most 3600: seconds=NaN",
                "verbose | expected key=value: argument=verbose"
            })
    void refusesValuesThatCannotBe(String argument, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("network=p.Net", argument))
                .withMessage(message);
    }

    @Test
    void refusesUnknownKeysAndAMissingNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("networks=p.Net"))
                .withMessageStartingWith("expected one of network, ")
                .withMessageEndingWith(": key=networks");
        assertThatIllegalArgumentException()
                .isThrownBy(CompareSettingsTest::parse)
                .withMessage("expected network=name of a generated class: arguments={}");
    }

    private static CompareSettings parse(String... arguments) {
        return CompareSettings.parse(arguments);
    }
}
