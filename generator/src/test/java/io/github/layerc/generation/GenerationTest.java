package io.github.layerc.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.compiler.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    private static final String SPEC = "network: Net\npackage: p\nlayer_dims: [2, 1]\n";

    @TempDir
    Path root;

    private Path spec;
    private Path output;
    private Path report;

    @BeforeEach
    void writeSpec() throws IOException {
        spec = Files.writeString(
                Files.createDirectories(root.resolve("networks")).resolve("net.yaml"), SPEC);
        output = root.resolve("sources");
        report = root.resolve("layerc/Net/compile.txt");
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
        Files.writeString(root.resolve("layerc/Net/history.csv"), "");
        assertThat(run(Generation.Mode.WRITE).changes().deleted()).hasSize(3);
        assertThat(output.resolve("p")).doesNotExist();
        assertThat(report).doesNotExist();
        assertThat(root.resolve("layerc/Net/history.csv")).exists();
    }

    /** A folder that is gone is not one without specs. */
    @Test
    void keepsTheSourcesWhereTheFolderOfTheSpecsIsGone() throws IOException {
        run(Generation.Mode.WRITE);
        Path networks = root.resolve("networks");
        Files.move(networks, root.resolve("moved"));
        String expected = "networks: no such folder, from which sources were generated before: expected a folder,"
                + " an empty one if they are to go";
        for (Generation.Mode mode : List.of(Generation.Mode.WRITE, Generation.Mode.REFRESH)) {
            assertThat(run(mode).problems()).extracting(Problem::toString).containsExactly(expected);
            assertThat(output.resolve("p/Net.java")).exists();
        }
        Files.createSymbolicLink(networks, root.resolve("moved"));
        assertThat(run(Generation.Mode.WRITE).upToDate()).isTrue();
        Files.delete(networks);
        Files.createDirectory(networks);
        assertThat(run(Generation.Mode.WRITE).changes().deleted()).hasSize(3);
        Files.delete(networks);
        assertThat(run(Generation.Mode.WRITE).problems()).isEmpty();
    }

    @Test
    void noticesWhatChangesBehindALink() throws IOException {
        Path real = Files.move(spec, root.resolve("real.txt"));
        Files.createSymbolicLink(spec, real);
        run(Generation.Mode.WRITE);
        assertThat(run(Generation.Mode.WRITE).upToDate()).isTrue();
        Files.writeString(real, SPEC.replace("[2, 1]", "[3, 1]"));
        assertThat(run(Generation.Mode.WRITE).changes().written()).hasSize(3);
    }

    @Test
    void writesNothingWhereSomethingStandsInTheWay() throws IOException {
        Files.createDirectories(output.resolve("p/NetScalar.java"));
        assertThat(run(Generation.Mode.WRITE).problems())
                .extracting(Problem::toString)
                .containsExactly("sources/p/NetScalar.java: expected a generated file, found a folder");
        assertThat(output.resolve("p/Net.java")).doesNotExist();
    }

    @Test
    void doesNotDeleteWhatADamagedDigestLists() throws IOException {
        run(Generation.Mode.WRITE);
        Path victim = Files.writeString(root.resolve("victim.txt"), "");
        Path digest = root.resolve("status/generate.digest");
        Files.writeString(digest, Files.readString(digest) + "file 00 ../victim.txt\n");
        Files.writeString(spec, SPEC.replace("[2, 1]", "[3, 1]"));
        Generation.Result result = run(Generation.Mode.WRITE);
        assertThat(result.notices())
                .containsExactly("status/generate.digest: damaged: it is ignored, and written anew");
        assertThat(result.changes().written()).hasSize(3);
        assertThat(victim).exists();
        assertThat(run(Generation.Mode.WRITE).notices()).isEmpty();
    }

    /** Seven kilobytes that javac would take ten seconds for. */
    @Test
    void refusesANetworkOfTooManyLayers() throws IOException {
        Files.writeString(spec, "package: p\nnetwork: Net\nlayer_dims: [" + "1,".repeat(3500) + "1]\n");
        assertThat(run(Generation.Mode.WRITE).problems())
                .extracting(Problem::toString)
                .containsExactly("networks/net.yaml:2:10: network Net: a network to be compiled must have at most 1000"
                        + " layers: layers=3500");
        assertThat(output).doesNotExist();
    }

    @Test
    void checksCommittedSourcesUntilTheyAreRefreshed() throws IOException {
        assertThat(run(Generation.Mode.CHECK).objections())
                .hasSize(3)
                .contains("p/Net.java: missing, networks/net.yaml generates it");
        assertThat(output).doesNotExist();
        assertThat(report).exists();
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

    /** The report is a product like the sources: what is up to date has one, and the one that belongs to it. */
    @Test
    void reportsOnEveryNetwork() throws IOException {
        run(Generation.Mode.WRITE);
        String text = Files.readString(report);
        assertThat(text).startsWith("network p.Net, compiled from net.yaml for machine generic\n");
        Files.delete(report);
        Generation.Result missing = run(Generation.Mode.WRITE);
        assertThat(missing.upToDate()).isFalse();
        assertThat(missing.changes()).isEqualTo(GeneratedTree.NO_CHANGES);
        assertThat(report).hasContent(text);
        Files.writeString(report, "edited");
        run(Generation.Mode.WRITE);
        assertThat(report).hasContent(text);
        Files.writeString(spec, SPEC.replace("[2, 1]", "[3, 1]"));
        run(Generation.Mode.WRITE);
        assertThat(Files.readString(report)).isNotEqualTo(text).contains("fan-in");
    }

    @Test
    void leavesTheTimeOfAReportThatStaysTheSame() throws IOException {
        run(Generation.Mode.WRITE);
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(report, longAgo);
        Files.writeString(spec, SPEC + "# a comment\n");
        assertThat(run(Generation.Mode.WRITE).upToDate()).isFalse();
        assertThat(Files.getLastModifiedTime(report)).isEqualTo(longAgo);
    }

    /** As mvn clean leaves a module with committed sources. */
    @Test
    void reportComesBackWithCommittedSources() throws IOException {
        run(Generation.Mode.REFRESH);
        Files.delete(report);
        Files.delete(root.resolve("status/generate.digest"));
        Files.delete(root.resolve("status/reports.digest"));
        assertThat(run(Generation.Mode.CHECK).objections()).isEmpty();
        assertThat(report).exists();
        assertThat(run(Generation.Mode.CHECK).upToDate()).isTrue();
    }

    @Test
    void namesakesReportUnderTheirFullNames() throws IOException {
        Files.writeString(root.resolve("networks/other.yaml"), SPEC.replace("package: p", "package: q"));
        run(Generation.Mode.WRITE);
        assertThat(root.resolve("layerc/p.Net/compile.txt")).exists();
        assertThat(root.resolve("layerc/q.Net/compile.txt")).exists();
        assertThat(report).doesNotExist();
        assertThat(run(Generation.Mode.WRITE).upToDate()).isTrue();
    }

    private static final String TUNED = """
            layerc schedules 1
            network Net 2 sigmoid:1 binary_cross_entropy
            space 5
            target scalar float
            machine some machine
            java 17.0.15+6
            lanes 1
            batch 64
            layout sample-major
            weights unit-rows
            kernel forward1 form=tile lanes=none mr=5 nr=1 ratio=0.9
            """;

    @Test
    void usesSchedulesThatLieBesideTheSpec() throws IOException {
        run(Generation.Mode.WRITE);
        Path tuned = Files.writeString(root.resolve("networks/net.tuned"), TUNED);
        Generation.Result result = run(Generation.Mode.WRITE);
        assertThat(result.notices()).isEmpty();
        assertThat(result.changes().written()).containsExactly(output.resolve("p/NetScalar.java"));
        assertThat(output.resolve("p/NetScalar.java"))
                .content()
                .contains(
                        "forward1Tile5x1", "Schedules measured for 64 samples with", "Java 17.0.15+6 on some machine.");
        assertThat(run(Generation.Mode.WRITE).upToDate()).isTrue();
        Files.writeString(tuned, TUNED.replace("mr=5", "mr=6"));
        assertThat(run(Generation.Mode.WRITE).changes().written()).hasSize(1);
        assertThat(run(Generation.Mode.WRITE, false).changes().written()).hasSize(1);
        assertThat(output.resolve("p/NetScalar.java")).content().doesNotContain("measured");
    }

    @Test
    void ignoresSchedulesOfAnotherSpecAndSaysSo() throws IOException {
        run(Generation.Mode.WRITE);
        Files.writeString(root.resolve("networks/net.tuned"), TUNED.replace("Net 2", "Net 3"));
        for (boolean upToDate : new boolean[] {false, true}) {
            Generation.Result result = run(Generation.Mode.WRITE);
            assertThat(result.upToDate()).isEqualTo(upToDate);
            assertThat(result.changes()).isEqualTo(GeneratedTree.NO_CHANGES);
            assertThat(result.notices())
                    .containsExactly("networks/net.tuned: ignored: made for another spec: expected"
                            + " Net 2 sigmoid:1 binary_cross_entropy, found Net 3 sigmoid:1 binary_cross_entropy");
        }
    }

    @Test
    void writesNothingWhereAFileWithSchedulesIsMalformed() throws IOException {
        Files.writeString(root.resolve("networks/net.tuned"), TUNED.replace("mr=5", "mr=9"));
        Generation.Result result = run(Generation.Mode.WRITE);
        assertThat(result.problems())
                .extracting(Problem::toString)
                .containsExactly("networks/net.tuned:11: forward1: expected a number from 1 to 8: mr=9");
        assertThat(output).doesNotExist();
    }

    @Test
    void refusesSchedulesThatAreNoText() throws IOException {
        Files.write(root.resolve("networks/net.tuned"), new byte[] {(byte) 0xff, 0});
        assertThat(run(Generation.Mode.WRITE).problems())
                .extracting(Problem::toString)
                .containsExactly("networks/net.tuned: expected text in UTF-8");
    }

    @Test
    void reportsNoMoreErrorsInSchedulesThanAnybodyReads() throws IOException {
        Files.writeString(root.resolve("networks/net.tuned"), TUNED + "kernel forward9 form=tile\n".repeat(50_000));
        assertThat(run(Generation.Mode.WRITE).problems())
                .hasSize(101)
                .last()
                .hasToString("networks/net.tuned:112: too many errors: the rest is left out behind the first 100");
    }

    private Generation.Result run(Generation.Mode mode) throws IOException {
        return run(mode, true);
    }

    /** A report that is not asked for any more goes, since the next build would not keep it true. */
    @Test
    void leavesTheProgramsAfterEachPassWhereTheyAreAskedFor() throws IOException {
        Path passes = report.resolveSibling("passes.txt");
        run(Generation.Mode.WRITE, true, EnumSet.allOf(Report.class));
        assertThat(report).exists();
        assertThat(Files.readString(passes))
                .startsWith("after lowering, predict:\n")
                .contains("\n\nafter fuse-update, step:\n")
                .doesNotContain("\r");
        assertThat(run(Generation.Mode.WRITE, true, EnumSet.allOf(Report.class)).upToDate())
                .isTrue();
        assertThat(run(Generation.Mode.WRITE).upToDate()).isFalse();
        assertThat(passes).doesNotExist();
    }

    private Generation.Result run(Generation.Mode mode, boolean tuned) throws IOException {
        return run(mode, tuned, EnumSet.of(Report.COMPILATION));
    }

    private Generation.Result run(Generation.Mode mode, boolean tuned, Set<Report> kinds) throws IOException {
        GeneratedTree tree = new GeneratedTree(output, root.resolve("status/generate.digest"));
        GeneratedTree reports = new GeneratedTree(root.resolve("layerc"), root.resolve("status/reports.digest"));
        return new Generation(root, root.resolve("networks"), tree, reports, kinds, mode, Options.DEFAULT, tuned).run();
    }
}
