package io.github.layerc.tensorboard;

import io.github.layerc.proto.ProtoWriter;

/** How numbers are distributed: between the smallest and the largest, buckets of one width. */
final class Histogram {
    private static final int BUCKETS = 30;

    private final double[] limits = new double[BUCKETS];
    private final double[] counts = new double[BUCKETS];
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private double squares;

    private Histogram() {}

    /** Of numbers that are finite, at least one. */
    static Histogram of(double[] values, int from, int to) {
        Histogram histogram = new Histogram();
        for (int i = from; i < to; i++) {
            histogram.min = Math.min(histogram.min, values[i]);
            histogram.max = Math.max(histogram.max, values[i]);
            histogram.sum += values[i];
            histogram.squares += values[i] * values[i];
        }
        double width = (histogram.max - histogram.min) / BUCKETS;
        for (int b = 0; b < BUCKETS; b++) {
            // the last one is the largest value itself, whatever the rounding
            histogram.limits[b] = b == BUCKETS - 1 ? histogram.max : histogram.min + (b + 1) * width;
        }
        for (int i = from; i < to; i++) {
            int bucket = width > 0 ? (int) ((values[i] - histogram.min) / width) : BUCKETS - 1;
            histogram.counts[Math.min(bucket, BUCKETS - 1)]++;
        }
        return histogram;
    }

    void writeTo(ProtoWriter out) {
        double count = 0;
        for (double each : counts) {
            count += each;
        }
        out.number(1, min)
                .number(2, max)
                .number(3, count)
                .number(4, sum)
                .number(5, squares)
                .numbers(6, limits)
                .numbers(7, counts);
    }
}
