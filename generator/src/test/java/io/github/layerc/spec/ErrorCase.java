package io.github.layerc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.layerc.spec.text.SpecError;
import io.github.layerc.spec.text.SpecException;
import java.util.List;

/** A spec and every error that its reading has to report, as {@code line:column: message}. */
record ErrorCase(String spec, List<String> expected) {

    static ErrorCase of(String spec, String... expected) {
        return new ErrorCase(spec, List.of(expected));
    }

    void check() {
        SpecException thrown = catchThrowableOfType(SpecException.class, () -> SpecReader.read("n.yaml", spec));
        assertThat(thrown).as("errors in %s", this).isNotNull();
        assertThat(thrown.errors())
                .as("errors in %s", this)
                .extracting(SpecError::toString)
                .containsExactlyElementsOf(
                        expected.stream().map(line -> "n.yaml:" + line).toList());
    }

    /** The name of the test. */
    @Override
    public String toString() {
        String line = spec.replace("\n", "\u23CE").replaceAll("[^\\x20-\\x7E\u23CE]", "?");
        return line.length() <= 100 ? line : line.substring(0, 100) + "...";
    }
}
