package io.github.layerc.pictures.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScalerTest {

    @Test
    void keepsWhatHasTheSizeAlready() {
        int[][] rows = {{0x010203, 0xfffefd}, {0x000000, 0x804020}};
        assertThat(scaled(rows, 2, 2)).containsExactly(1, 2, 3, 255, 254, 253, 0, 0, 0, 128, 64, 32);
    }

    @Test
    void shrinksByAreas() {
        int[][] rows = {{0x000000, 0x0000ff, 0x0000ff}, {0x000000, 0x000000, 0x0000ff}};
        // of 1.5 columns: 0 + 255 / 2 and 0, then 255 / 2 + 255 and 255
        assertThat(scaled(rows, 1, 2)).containsExactly(0, 0, 43, 0, 0, 213);
    }

    @Test
    void growsLinearlyBetweenCentres() {
        int[][] rows = {{0x000000, 0x0000c8}};
        assertThat(blue(scaled(rows, 1, 4))).containsExactly(0, 50, 150, 200);
        assertThat(blue(scaled(rows, 3, 2))).containsExactly(0, 200, 0, 200, 0, 200);
    }

    /** Against the definitions, in floating point. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 3, 2",
        "7, 5, 3, 2",
        "64, 64, 64, 64",
        "100, 37, 64, 64",
        "13, 200, 64, 9",
        "2, 3, 31, 17",
        "65, 63, 64, 64"
    })
    void isWhatTheDefinitionsSay(int height, int width, int toHeight, int toWidth) {
        Random random = new Random(height * 1000L + width);
        int[][] rows = new int[height][width];
        for (int[] row : rows) {
            Arrays.setAll(row, x -> random.nextInt(1 << 24));
        }
        int[] found = scaled(rows, toHeight, toWidth);
        for (int y = 0; y < toHeight; y++) {
            for (int x = 0; x < toWidth; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    double sum = 0;
                    for (int fromY = 0; fromY < height; fromY++) {
                        for (int fromX = 0; fromX < width; fromX++) {
                            sum += weight(fromY, height, y, toHeight)
                                    * weight(fromX, width, x, toWidth)
                                    * (rows[fromY][fromX] >> (16 - 8 * channel) & 0xff);
                        }
                    }
                    assertThat((double) found[(y * toWidth + x) * 3 + channel]).isCloseTo(sum, within(0.5 + 1e-9));
                }
            }
        }
    }

    /** The share of a source pixel in a target pixel. */
    private static double weight(int from, int source, int to, int target) {
        double size = source / (double) target;
        if (source >= target) {
            return Math.max(0, Math.min(from + 1, (to + 1) * size) - Math.max(from, to * size)) / size;
        }
        double at = Math.min(Math.max((to + 0.5) * size - 0.5, 0), source - 1);
        return Math.max(0, 1 - Math.abs(from - at));
    }

    private static int[] scaled(int[][] rows, int height, int width) {
        Scaler scaler = new Scaler(rows.length, rows[0].length, height, width);
        for (int y = 0; y < rows.length; y++) {
            scaler.add(y, rows[y]);
        }
        byte[] bytes = scaler.result();
        int[] values = new int[bytes.length];
        Arrays.setAll(values, i -> bytes[i] & 0xff);
        return values;
    }

    private static int[] blue(int[] values) {
        int[] blue = new int[values.length / 3];
        Arrays.setAll(blue, i -> values[3 * i + 2]);
        return blue;
    }
}
