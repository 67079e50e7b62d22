package io.github.layerc.spark.training.shard;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * A sum over all partitions whose bits depend on the partitions alone. Spark's {@code treeAggregate} adds what comes first; here every sum is one of neighbours, in their order: at the driver
 * alone, or, where that would be too much for it, first in groups of about the square root of their number.
 *
 * @param partitions their number
 * @param size of the vector that is summed
 * @param atOnce bytes that the driver takes without groups
 */
public record OrderedSum(int partitions, int size, long atOnce) {
    private static final long AT_ONCE = 64L << 20;

    public OrderedSum(int partitions, int size) {
        this(partitions, size, AT_ONCE);
    }

    /** Adds all. */
    public Sums of(JavaRDD<Sums> each) {
        boolean flat = partitions < 4 || (long) partitions * size * Double.BYTES <= atOnce;
        List<Sums> last = flat ? each.collect() : grouped(each).collect();
        return Sums.of(0, last, size);
    }

    private JavaRDD<Sums> grouped(JavaRDD<Sums> each) {
        int length = (int) Math.ceil(Math.sqrt(partitions));
        int groups = (partitions + length - 1) / length;
        int width = size;
        return each.mapToPair(sums -> new Tuple2<>(sums.place() / length, sums))
                .partitionBy(new ByNumber(groups))
                .mapPartitions(pairs -> group(pairs, width));
    }

    private static Iterator<Sums> group(Iterator<Tuple2<Integer, Sums>> pairs, int size) {
        List<Sums> members = new ArrayList<>();
        int[] group = {0};
        pairs.forEachRemaining(pair -> {
            group[0] = pair._1();
            members.add(pair._2());
        });
        return members.isEmpty()
                ? members.iterator()
                : List.of(Sums.of(group[0], members, size)).iterator();
    }

    /** A key is the number of its partition. */
    private static final class ByNumber extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int groups;

        ByNumber(int groups) {
            this.groups = groups;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ByNumber some && groups == some.groups;
        }

        @Override
        public int hashCode() {
            return groups;
        }
    }
}
