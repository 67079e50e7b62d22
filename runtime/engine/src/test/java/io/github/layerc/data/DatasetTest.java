package io.github.layerc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetTest {
    private static final Dataset DATA = Dataset.of(new double[] {1, 2, 3, 4, 5, 6}, 2, new double[] {7, 8, 9}, 1);

    @Test
    void givesValuesByRowAndColumn() {
        assertThat(DATA.sample(1, 1)).isEqualTo(4);
        assertThat(DATA.target(1, 0)).isEqualTo(8);
    }

    /** Of a sample in the middle, so that a neighbour's value would be there. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void refusesColumnsOfNeighbours(int column) {
        assertThatThrownBy(() -> DATA.sample(1, column)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> DATA.target(1, column < 0 ? column : 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
