package io.github.layerc.schedule;

import static io.github.layerc.schedule.Axis.INPUTS;
import static io.github.layerc.schedule.Axis.SAMPLES;
import static io.github.layerc.schedule.Axis.UNITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule.Form;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxesTest {
    private static final Network NETWORK = Network.builder("", "Net")
            .input(Input.flat(12))
            .layer(5, Activation.RELU)
            .layer(1, Activation.SIGMOID)
            .build();

    @Test
    void samplesAreColumnsWhereTheyLieInTheLanes() {
        Storage storage = storage(Layout.UNIT_MAJOR, WeightLayout.UNIT_ROWS);
        assertThat(axes("forward2", storage, Form.TILE, Lanes.COLUMNS)).isEqualTo(new Axes(UNITS, SAMPLES, INPUTS));
        assertThat(axes("forward2", storage, Form.ROWS, Lanes.NONE)).isEqualTo(new Axes(UNITS, SAMPLES, INPUTS));
        assertThat(axes("inputGradient2", storage, Form.TILE, Lanes.COLUMNS))
                .isEqualTo(new Axes(INPUTS, SAMPLES, UNITS));
        assertThat(axes("forward1", storage, Form.TILE, Lanes.REDUCTION)).isEqualTo(new Axes(SAMPLES, UNITS, INPUTS));
    }

    @Test
    void samplesAreRowsElsewhereAndSummedOverInGradients() {
        Storage storage = storage(Layout.PADDED_SAMPLE_MAJOR, WeightLayout.INPUT_ROWS);
        assertThat(axes("forward2", storage, Form.TILE, Lanes.COLUMNS)).isEqualTo(new Axes(SAMPLES, UNITS, INPUTS));
        assertThat(axes("inputGradient2", storage, Form.TILE, Lanes.REDUCTION))
                .isEqualTo(new Axes(SAMPLES, INPUTS, UNITS));
        assertThat(axes("weightGradient2", storage, Form.TILE, Lanes.COLUMNS))
                .isEqualTo(new Axes(INPUTS, UNITS, SAMPLES));
        assertThat(axes("weightGradient2", storage(Layout.SAMPLE_MAJOR, WeightLayout.UNIT_ROWS), Form.ROWS, Lanes.NONE))
                .isEqualTo(new Axes(UNITS, INPUTS, SAMPLES));
    }

    @Test
    void sizesAreThoseOfTheWeights() {
        Product product = Products.of(NETWORK, Layout.SAMPLE_MAJOR).get("forward1");
        assertThat(List.of(Axes.size(product, SAMPLES), Axes.size(product, UNITS), Axes.size(product, INPUTS)))
                .containsExactly(0, 5, 12);
    }

    private static Axes axes(String product, Storage storage, Form form, Lanes lanes) {
        return Axes.of(Products.of(NETWORK, storage.layout()).get(product), storage, form, lanes);
    }

    private static Storage storage(Layout layout, WeightLayout weights) {
        return new Storage(layout, List.of(weights, weights));
    }
}
