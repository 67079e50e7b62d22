package io.github.layerc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparePageTest {
    private static final Network NETWORK = Network.builder("p", "Net")
            .input(Input.flat(10))
            .layer(1, Activation.SIGMOID)
            .build();

    private static Row row(Operation operation, int batch, String engine, Form form, double ns, double error) {
        return new Row(NETWORK, operation, batch, engine, form, ns, error, 0, 1e-7, 1);
    }

    @Test
    void hasBarsAndATableForEachOperationAndBatch() {
        List<Row> rows = List.of(
                row(Operation.PREDICT, 1, "generated-vector", Form.DIRECT, 88, 3),
                row(Operation.PREDICT, 1, "interpreter", Form.DIRECT, 2640, 40),
                row(Operation.TRAIN_STEP, 209, "generated-vector", Form.GRAM, 25_000, Double.NaN),
                row(Operation.TRAIN_STEP, 209, "interpreter", Form.DIRECT, 28e6, 1e5));
        String page = ComparePage.of(NETWORK, rows, "a machine");

        assertThat(page)
                .contains("<h1>Comparison of Net</h1>", "[10, 1], float; a machine")
                .contains("<h2>predict of 1 sample</h2>", "<h2>train_step of 209 samples</h2>")
                .contains("generated-vector, Gram form", "25.00 us", "28.00 ms")
                .contains("<th scope=\"col\">speed-up</th>")
                .doesNotContain("NaN", "<script");
        // each chart is drawn wide and narrow
        assertThat(page.split("<rect class=\"bar ", -1)).hasSize(1 + 2 * 4);
        assertThat(page.split("<line class=\"error\"", -1)).hasSize(1 + 2 * 3 * 3);
        assertThat(page).isEqualTo(ComparePage.of(NETWORK, rows, "a machine"));
    }
}
