package io.github.layerc.spec;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The good specs among the test resources. */
final class ExampleSpecs {
    static final List<String> FILES =
            List.of("cat2.yaml", "cat4.yaml", "cat4_small_init.yaml", "digits.yaml", "xor.yaml");

    private ExampleSpecs() {}

    static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ExampleSpecs.class.getResource(name), name)
                .toURI());
    }
}
