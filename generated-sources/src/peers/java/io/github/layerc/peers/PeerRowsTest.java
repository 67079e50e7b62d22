package io.github.layerc.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Run by {@code mvn verify -Ppeers -DskipTests=false}, behind the measurement. */
class PeerRowsTest {
    private static final PeerRow PEAK =
            new PeerRow("", "", 1, "peak", "", "float", 1, 100, 1, 0, 150, Double.NaN, Double.NaN);
    private static final List<PeerRow> ROWS = List.of(
            PEAK,
            row("generated-vector", 1, 100),
            row("generated-vector", "gram", 1, 50),
            row("dl4j", 1, 800),
            row("onnxruntime", 1, 400),
            row("dl4j", 2, 600));

    private static PeerRow row(String engine, int threads, double ns) {
        return row(engine, "direct", threads, ns);
    }

    private static PeerRow row(String engine, String form, int threads, double ns) {
        return new PeerRow(
                "[2,1]", "predict", 1, engine, form, "float", threads, ns, Double.NaN, 0, 1, 1e-7, Double.NaN);
    }

    @Test
    void rowsReturnFromTheirFile(@TempDir Path folder) throws IOException {
        PeerRows.write(folder, "rows.json", ROWS);

        assertThat(PeerRows.read(folder.resolve("rows.json"))).isEqualTo(ROWS);
    }

    @Test
    void fastestLibraryWithTheSameThreadsIsTheReference() {
        assertThat(PeerRows.compared(ROWS))
                .extracting(PeerRow::speedup)
                .usingComparatorForType((a, b) -> Double.compare(a, b), Double.class)
                .containsExactly(Double.NaN, 4.0, 8.0, 0.5, 1.0, 1.0);
    }

    @Test
    void tableHasALineForEachRowAndThePeak() {
        assertThat(PeersTable.of(ROWS).lines().filter(line -> line.startsWith("[2,1]")))
                .hasSize(5);
        assertThat(PeersTable.of(ROWS)).endsWith(String.format("peak of one thread: 150.0 GFLOP/s%n"));
    }

    @Test
    void pageHasAChartForEachTaskAndARowForEachEngine() {
        String page = PeersPage.of(ROWS);

        assertThat(page.split("<section>", -1)).hasSize(3);
        assertThat(page)
                .contains("[2,1]: predict of 1 sample</h2>", "[2,1]: predict of 1 sample, 2 threads</h2>")
                .contains("peak of one thread: 150.0 GFLOP/s", "generated-vector, Gram form");
        assertThat(page.split("<th scope=\"row\">", -1)).hasSize(6);
    }
}
