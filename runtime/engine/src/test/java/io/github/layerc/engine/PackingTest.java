package io.github.layerc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackingTest {
    private static final int CANONICAL_AT = 3;
    private static final int PACKED_AT = 5;

    /** Every element where the formula says, those that the last panel has too many as they were, and back again. */
    @ParameterizedTest
    @CsvSource({"1, 1, 4", "3, 7, 4", "4, 16, 4", "17, 33, 8", "100, 31, 64", "128, 3, 64", "5, 1, 1"})
    void panelsAndTheirRows(int rows, int inputs, int width) {
        int stride = inputs + 2;
        float[] from = new float[CANONICAL_AT + rows * stride];
        for (int i = 0; i < from.length; i++) {
            from[i] = 1f + i;
        }
        int panels = (rows + width - 1) / width;
        float[] packed = new float[PACKED_AT + panels * inputs * width];
        FloatPacking.panels(from, CANONICAL_AT, stride, rows, inputs, width, packed, PACKED_AT);
        for (int r = 0; r < panels * width; r++) {
            for (int i = 0; i < inputs; i++) {
                float found = packed[PACKED_AT + (r / width * inputs + i) * width + r % width];
                assertThat(found).as("%s, %s", r, i).isEqualTo(r < rows ? from[CANONICAL_AT + r * stride + i] : 0f);
            }
        }
        float[] back = new float[CANONICAL_AT + rows * stride];
        FloatPacking.rowsOfPanels(packed, PACKED_AT, rows, inputs, width, back, CANONICAL_AT, stride);
        for (int at = 0; at < back.length; at++) {
            boolean element = at >= CANONICAL_AT && (at - CANONICAL_AT) % stride < inputs;
            assertThat(back[at]).as("%s", at).isEqualTo(element ? from[at] : 0f);
        }
    }
}
