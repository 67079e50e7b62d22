package io.github.layerc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.engine.FloatRowProducts.Rows;
import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowProductsTest {
    private static final int[] COUNTS = {1, 3, 12, 13, 40};

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1023, 1024, 1025, 2500})
    void multipliesRows(int length) {
        Random random = new Random(length);
        FloatKernels kernels = kernels(length);
        for (int aCount : COUNTS) {
            for (int bCount : COUNTS) {
                float[] a = floats(aCount * (length + 3) + 5, random);
                float[] b = floats(bCount * length, random);
                Rows left = new Rows(a, 5, length + 3, aCount);
                Rows right = new Rows(b, 0, length, bCount);
                double[] one = new double[2 + aCount * (bCount + 1)];
                double[] two = one.clone();
                try (Workers workers = new Workers("test", 2)) {
                    new FloatRowProducts(kernels, workers, 1).add(left, right, length, one, 2, bCount + 1);
                    new FloatRowProducts(kernels, workers, 2).add(left, right, length, two, 2, bCount + 1);
                }
                assertThat(two).isEqualTo(one);
                for (int i = 0; i < aCount; i++) {
                    for (int j = 0; j < bCount; j++) {
                        double sum = 0;
                        double size = 0;
                        for (int k = 0; k < length; k++) {
                            double product = (double) a[5 + i * (length + 3) + k] * b[j * length + k];
                            sum += product;
                            size += Math.abs(product);
                        }
                        assertThat(Math.abs(one[2 + i * (bCount + 1) + j] - sum))
                                .as("%d, %d of %d x %d", i, j, aCount, bCount)
                                .isLessThanOrEqualTo(8 * 0x1p-52 * Math.sqrt(length) * size);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1025})
    void multipliesAllPairs(int length) {
        Random random = new Random(length);
        FloatKernels kernels = kernels(length);
        for (int count : COUNTS) {
            Rows rows = new Rows(floats(count * length, random), 0, length, count);
            double[] symmetric = new double[count * (count + 2)];
            double[] general = symmetric.clone();
            try (Workers workers = new Workers("test", 2)) {
                FloatRowProducts products = new FloatRowProducts(kernels, workers, 2);
                products.add(rows, length, symmetric, count + 2);
                products.add(rows, rows, length, general, 0, count + 2);
            }
            assertThat(symmetric).isEqualTo(general);
        }
    }

    private static FloatKernels kernels(int inputs) {
        return new FloatInterpreter(
                Network.builder("", "Net")
                        .input(Input.flat(inputs))
                        .layer(1, Activation.SIGMOID)
                        .build(),
                1);
    }

    private static float[] floats(int length, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }
}
