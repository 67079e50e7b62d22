package io.github.layerc.engine.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.layerc.engine.Workers;
import io.github.layerc.engine.gram.FloatRowProducts.Rows;
import io.github.layerc.engine.step.Parallel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowProductsTest {
    private static final int[] COUNTS = {1, 3, 12, 13, 40};

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 255, 256, 257, 1030})
    void multipliesRows(int length) {
        Random random = new Random(length);
        for (int aCount : COUNTS) {
            for (int bCount : COUNTS) {
                float[] a = floats(aCount * (length + 3) + 5, random);
                float[] b = floats(bCount * length, random);
                Rows left = new Rows(a, 5, length + 3, aCount);
                Rows right = new Rows(b, 0, length, bCount);
                double[][] one = new double[aCount][bCount];
                double[][] two = new double[aCount][bCount];
                try (Parallel workers = workers(2)) {
                    new FloatRowProducts(workers, 1).add(left, right, length, one);
                    new FloatRowProducts(workers, 2).add(left, right, length, two);
                }
                assertThat(two).isDeepEqualTo(one);
                for (int i = 0; i < aCount; i++) {
                    for (int j = 0; j < bCount; j++) {
                        double sum = 0;
                        double size = 0;
                        for (int k = 0; k < length; k++) {
                            double product = (double) a[5 + i * (length + 3) + k] * b[j * length + k];
                            sum += product;
                            size += Math.abs(product);
                        }
                        assertThat(Math.abs(one[i][j] - sum))
                                .as("%d, %d of %d x %d", i, j, aCount, bCount)
                                .isLessThanOrEqualTo(4 * 0x1p-23 * Math.sqrt(Math.min(length, 256)) * size);
                    }
                }
            }
        }
    }

    /** Sums of parts of a product are added up in double: 200 of them must not lose more than one does. */
    @Test
    void addsUpLongProductsInDouble() {
        int length = 200 * 256;
        float[] a = floats(length, new Random(1));
        for (int k = 0; k < length; k++) {
            a[k] = Math.abs(a[k]);
        }
        Rows rows = new Rows(a, 0, length, 1);
        double[][] product = new double[1][1];
        double[][] first = new double[1][1];
        try (Parallel workers = workers(1)) {
            new FloatRowProducts(workers, 1).add(rows, length, product);
            new FloatRowProducts(workers, 1).add(rows, 256, first);
        }
        double sum = 0;
        double sumOfFirst = 0;
        for (int k = 0; k < length; k++) {
            sum += (double) a[k] * a[k];
            sumOfFirst = k == 255 ? sum : sumOfFirst;
        }
        assertThat(first[0][0]).isCloseTo(sumOfFirst, withinPercentage(2e-5));
        assertThat(product[0][0]).isCloseTo(sum, withinPercentage(2e-6));
    }

    /** In a network of doubles nothing is rounded to float. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256, 1030})
    void multipliesRowsOfDoubles(int length) {
        Random random = new Random(length);
        int count = 13;
        double[] a = random.doubles((long) count * length, -1, 1).toArray();
        DoubleRowProducts.Rows rows = new DoubleRowProducts.Rows(a, 0, length, count);
        double[][] products = new double[count][count];
        try (Parallel workers = workers(2)) {
            new DoubleRowProducts(workers, 2).add(rows, length, products);
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                double size = 0;
                for (int k = 0; k < length; k++) {
                    sum += a[i * length + k] * a[j * length + k];
                    size += Math.abs(a[i * length + k] * a[j * length + k]);
                }
                assertThat(Math.abs(products[i][j] - sum)).isLessThanOrEqualTo(8 * 0x1p-52 * Math.sqrt(length) * size);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1025})
    void multipliesAllPairs(int length) {
        Random random = new Random(length);
        for (int count : COUNTS) {
            Rows rows = new Rows(floats(count * length, random), 0, length, count);
            double[][] symmetric = new double[count][count];
            double[][] general = new double[count][count];
            try (Parallel workers = workers(2)) {
                FloatRowProducts products = new FloatRowProducts(workers, 2);
                products.add(rows, length, symmetric);
                products.add(rows, rows, length, general);
            }
            for (int i = 0; i < count; i++) {
                Arrays.fill(general[i], i + 1, count, 0);
            }
            assertThat(symmetric).isDeepEqualTo(general);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256, 1030})
    void combinesRows(int length) {
        Random random = new Random(length);
        for (int count : COUNTS) {
            int units = 3;
            float[] x = floats(5 + count * (length + 3), random);
            double[] c = random.doubles((long) units * count, -1, 1).toArray();
            float[] one = floats(units * length, random);
            float[] first = one.clone();
            float[] two = one.clone();
            Rows rows = new Rows(x, 5, length + 3, count);
            try (Parallel workers = workers(2)) {
                new FloatRowProducts(workers, 1).addCombinations(c, units, rows, length, one);
                new FloatRowProducts(workers, 2).addCombinations(c, units, rows, length, two);
            }
            assertThat(two).isEqualTo(one);
            for (int u = 0; u < units; u++) {
                for (int k = 0; k < length; k++) {
                    double sum = 0;
                    for (int s = 0; s < count; s++) {
                        sum += c[u * count + s] * x[5 + s * (length + 3) + k];
                    }
                    double expected = first[u * length + k] + sum;
                    assertThat((double) one[u * length + k]).isCloseTo(expected, within(1e-6 * (1 + Math.abs(sum))));
                }
            }
        }
    }

    private static float[] floats(int length, Random random) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static Parallel workers(int threads) {
        Workers workers = new Workers("test", threads);
        return new Parallel() {
            @Override
            public void run(Work work, int parts) {
                workers.run(work::run, parts);
            }

            @Override
            public void close() {
                workers.close();
            }
        };
    }
}
