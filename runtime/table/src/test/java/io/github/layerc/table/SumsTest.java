package io.github.layerc.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A million rows cost no digits. */
class SumsTest {

    @Test
    void aMeanOfAMillionRowsIsThatOfExactArithmetic() {
        double[] tenths = new double[1_000_000];
        Arrays.fill(tenths, 0.1);

        // the mean of equal numbers is that number; a plain sum is off by 1.3e-11 of it
        assertThat(Transform.Statistics.mean(tenths)).isEqualTo(0.1);
        assertThat(Arrays.stream(tenths).reduce(0, Double::sum) / tenths.length).isNotEqualTo(0.1);
    }
}
