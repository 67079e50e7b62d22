package io.github.layerc.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;
import io.github.layerc.spec.Spec;
import io.github.layerc.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A refactoring of the compiler changes no byte of what it generates: digests of the sources of 41 networks, for every machine and precision. A
 * change of generated code refreshes them with {@code -Dlayerc.corpus.refresh=true}, in the same commit.
 */
@Tag("long")
class CorpusTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/github/layerc/compiler");
    private static final Path NETWORKS = RESOURCES.resolve("corpus.yaml.txt");
    private static final Path DIGESTS = RESOURCES.resolve("corpus.sha256");

    @Test
    void generatedSourcesAreTheSameBytes() throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : Files.readAllLines(NETWORKS)) {
            Spec spec = SpecReader.read("corpus.yaml", line);
            for (Machine machine : Machine.named()) {
                for (Precision precision : Precision.values()) {
                    found.add(digest(spec, machine, precision) + " "
                            + spec.network().name() + " " + machine.name() + " " + precision.keyword());
                }
            }
        }
        if (Boolean.getBoolean("layerc.corpus.refresh")) {
            Files.write(DIGESTS, found);
        }
        List<String> differing = new ArrayList<>(found);
        differing.removeAll(Files.readAllLines(DIGESTS));
        assertThat(differing)
                .as(
                        "generated code has changed; where that is meant, -Dlayerc.corpus.refresh=true and a reason in the commit")
                .isEmpty();
    }

    private static String digest(Spec spec, Machine machine, Precision precision) {
        Options options = Options.DEFAULT.withMachine(machine).withPrecision(precision);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (SourceFile file : Compiler.draft(spec.network(), spec.fileName(), options)) {
                digest.update(file.path().getBytes(StandardCharsets.UTF_8));
                digest.update(file.text().getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
