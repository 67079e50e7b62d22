package io.github.layerc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Form;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Network NETWORK = Network.builder("p", "Net")
            .input(Input.flat(10))
            .layer(4, Activation.RELU)
            .layer(1, Activation.SIGMOID)
            .build();

    @Test
    void hasTheKeysOfTheFileFormat() {
        Row row = new Row(NETWORK, Operation.TRAIN_STEP, 3, "interpreter", Form.GRAM, 1000, Double.NaN, 0.5, 1e-7, 1);
        // 88 forward, 88 weight gradient, 8 input gradient of the second layer
        assertThat(row.toJson())
                .hasToString("{\"network\":\"Net\",\"operation\":\"train_step\",\"batch\":3,"
                        + "\"engine\":\"interpreter\",\"form\":\"gram\",\"precision\":\"float\",\"threads\":1,"
                        + "\"ns_per_op\":1000.0,\"error_ns\":null,\"bytes_per_op\":0.5,"
                        + "\"gflops\":0.552,\"residual\":1.0E-7,\"speedup\":1.0}");
    }

    @Test
    void isALineOfTheTable() {
        Row interpreter = new Row(NETWORK, Operation.PREDICT, 1, "interpreter", Form.DIRECT, 2640, 26.4, 0, 0, 1);
        Row vector =
                new Row(NETWORK, Operation.PREDICT, 1, "generated-vector", Form.DIRECT, 88, Double.NaN, 0, 1.25e-7, 30);
        assertThat(Table.of(List.of(vector, interpreter)).lines())
                .containsExactly(
                        "operation    batch  engine            form          time        +-   GFLOP/s      B/op   residual  speed-up",
                        "predict          1  generated-vector  direct     88.0 ns                1.00         0    1.3e-07     30.0x",
                        "predict          1  interpreter       direct     2.64 us     1.0 %      0.03         0    0.0e+00      1.0x");
    }

    @Test
    void saysWhenItsErrorsMakeATableWorthless() {
        String advice = ": measure longer, with layerc.compare.iterations and layerc.compare.seconds";
        assertThat(Table.doubt(rows(10, 49.9))).isEmpty();
        assertThat(Table.doubt(rows(10, 50.1))).contains("worthless: 1 of 2 rows have an error above 50.0 %" + advice);
        assertThat(Table.doubt(rows(150, 50.1))).contains("worthless: all rows have an error above 50.0 %" + advice);
        assertThat(Table.doubt(rows(Double.NaN, Double.NaN)))
                .contains("worthless: all rows have no error, for want of iterations" + advice);
        assertThat(Table.doubt(rows(Double.NaN, 10)))
                .contains("worthless: 1 of 2 rows have no error, for want of iterations" + advice);
        assertThat(Table.doubt(rows(Double.NaN, 70)))
                .contains("worthless: 2 of 2 rows have an error above 50.0 % or no error, for want of iterations"
                        + advice);
    }

    private static List<Row> rows(double... errors) {
        return DoubleStream.of(errors)
                .mapToObj(error ->
                        new Row(NETWORK, Operation.PREDICT, 1, "interpreter", Form.DIRECT, 100, error, 0, 0, 1))
                .toList();
    }

    @Test
    void showsTimesInTheUnitThatFits() {
        assertThat(Table.time(12.34)).isEqualTo("12.3 ns");
        assertThat(Table.time(12_340)).isEqualTo("12.34 us");
        assertThat(Table.time(12_340_000)).isEqualTo("12.34 ms");
        assertThat(Table.time(12_340_000_000.0)).isEqualTo("12.34 s ");
    }
}
