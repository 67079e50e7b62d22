package io.github.layerc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.compiler.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    private static final String SPEC = "network: Net\npackage: p\nlayer_dims: [2, 1]\n";

    @TempDir
    Path root;

    private Path spec;
    private Path output;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(
                Files.createDirectories(root.resolve("networks")).resolve("net.yaml"), SPEC);
        output = root.resolve("sources");
    }

    @Test
    void writesThreeFilesAndIsUpToDateUntilTheSpecChanges() throws IOException {
        Generation.Result first = run(Generation.Mode.WRITE);
        assertThat(first.changes().written())
                .containsExactly(
                        output.resolve("p/Net.java"),
                        output.resolve("p/NetScalar.java"),
                        output.resolve("p/NetVector.java"));
        assertThat(first.upToDate()).isFalse();
        assertThat(run(Generation.Mode.WRITE).upToDate()).isTrue();
        Files.writeString(spec, SPEC.replace("[2, 1]", "[3, 1]"));
        assertThat(run(Generation.Mode.WRITE).upToDate()).isFalse();
    }

    /** A comment changes the digest but no source, and then no file is touched. */
    @Test
    void writesNothingWhereTheSourcesStayTheSame() throws IOException {
        run(Generation.Mode.WRITE);
        Files.writeString(spec, SPEC + "# a comment\n");
        Generation.Result result = run(Generation.Mode.WRITE);
        assertThat(result.upToDate()).isFalse();
        assertThat(result.changes()).isEqualTo(GeneratedTree.NO_CHANGES);
    }

    @Test
    void writesNothingWhereOneSpecHasAnError() throws IOException {
        Files.writeString(root.resolve("networks/other.yaml"), "network: Other\n");
        Generation.Result result = run(Generation.Mode.WRITE);
        assertThat(result.problems()).hasSize(1);
        assertThat(output).doesNotExist();
    }

    @Test
    void deletesTheFilesOfASpecThatIsGone() throws IOException {
        run(Generation.Mode.WRITE);
        Files.delete(spec);
        assertThat(run(Generation.Mode.WRITE).changes().deleted()).hasSize(3);
        assertThat(output.resolve("p")).doesNotExist();
    }

    @Test
    void checksCommittedSourcesUntilTheyAreRefreshed() throws IOException {
        assertThat(run(Generation.Mode.CHECK).objections())
                .hasSize(3)
                .contains("p/Net.java: missing, networks/net.yaml generates it");
        assertThat(output).doesNotExist();
        assertThat(run(Generation.Mode.REFRESH).changes().written()).hasSize(3);
        assertThat(run(Generation.Mode.CHECK).upToDate()).isTrue();
        Path edited = output.resolve("p/Net.java");
        Files.writeString(edited, Files.readString(edited) + "// edited\n");
        assertThat(run(Generation.Mode.CHECK).objections())
                .containsExactly("p/Net.java: out of date, networks/net.yaml generates another text");
        Files.writeString(output.resolve("p/Mine.java"), "class Mine {}");
        assertThat(run(Generation.Mode.REFRESH).objections())
                .containsExactly("p/Mine.java: no spec generates this file");
    }

    private Generation.Result run(Generation.Mode mode) throws IOException {
        GeneratedTree tree = new GeneratedTree(output, root.resolve("status/generate.digest"));
        return new Generation(root, root.resolve("networks"), tree, mode, Options.DEFAULT).run();
    }
}
