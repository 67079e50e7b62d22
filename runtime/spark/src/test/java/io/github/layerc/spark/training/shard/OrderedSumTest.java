package io.github.layerc.spark.training.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class OrderedSumTest {
    private static final int SIZE = 3;

    /** Numbers of very different sizes: another order of additions has other bits. */
    private static Sums part(int place) {
        Sums sums = new Sums(place, SIZE);
        sums.add(1, place + 1, 0.1 * place, i -> Math.pow(10, (place * 7) % 16) / (i + 3));
        sums.addValidation(place, 1);
        return sums;
    }

    @Test
    void groupsAndTheDriverAloneAddInTheOrderOfThePartitions() {
        SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
        for (int partitions : new int[] {1, 3, 4, 10, 17}) {
            List<Integer> places = IntStream.range(0, partitions).boxed().toList();
            JavaRDD<Sums> each = JavaSparkContext.fromSparkContext(session.sparkContext())
                    .parallelize(places, partitions)
                    .map(OrderedSumTest::part);
            Sums flat = new OrderedSum(partitions, SIZE, Long.MAX_VALUE).of(each);
            Sums grouped = new OrderedSum(partitions, SIZE, 0).of(each);
            assertThat(flat.vector())
                    .isEqualTo(
                            Sums.of(0, places.stream().map(OrderedSumTest::part).toList(), SIZE)
                                    .vector());
            assertThat(grouped.rows()).isEqualTo(flat.rows()).isEqualTo((long) partitions * (partitions + 1) / 2);
            assertThat(grouped.validationCost()).isEqualTo((partitions - 1) / 2.0);
            // neighbours first: the bits of a sum of sums, each in its order
            int length = partitions < 4 ? 1 : (int) Math.ceil(Math.sqrt(partitions));
            double expected = 0;
            for (int from = 0; from < partitions; from += length) {
                double group = 0;
                for (int place = from; place < Math.min(from + length, partitions); place++) {
                    group += part(place).vector()[0];
                }
                expected += group;
            }
            assertThat(grouped.vector()[0]).isEqualTo(expected);
        }
    }
}
