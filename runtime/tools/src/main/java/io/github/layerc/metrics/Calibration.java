package io.github.layerc.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether what a network is sure of is right as often: samples by their probability, in ten bins of equal width, each with the upper of its bounds. One output: the probability of class 1 and the
 * share that is of class 1. More outputs: the probability of the predicted class and the share that is of it (Guo et al. 2017). A sample with a NaN is in no bin, and none where outputs are margins.
 *
 * @param points those of the bins that are not empty, from the lowest on
 */
public record Calibration(List<Point> points) {
    private static final int BINS = 10;

    /**
     * A bin.
     *
     * @param predicted mean of the probabilities
     * @param observed share of the samples for which it has come true
     */
    public record Point(double predicted, double observed, int samples) {}

    public Calibration {
        points = List.copyOf(points);
    }

    public static Calibration of(Outcomes outcomes) {
        double[] sums = new double[BINS];
        int[] came = new int[BINS];
        int[] counts = new int[BINS];
        for (int s = 0; s < outcomes.count(); s++) {
            int predicted = outcomes.predictedClass(s);
            if (predicted >= 0 && outcomes.areProbabilities()) {
                int number = outcomes.units() == 1 ? 1 : predicted;
                double probability = outcomes.probabilities(s)[number];
                int bin = bin(probability);
                sums[bin] += probability;
                counts[bin]++;
                came[bin] += outcomes.targetClass(s) == number ? 1 : 0;
            }
        }
        List<Point> points = new ArrayList<>();
        IntStream.range(0, BINS)
                .filter(bin -> counts[bin] > 0)
                .forEach(bin ->
                        points.add(new Point(sums[bin] / counts[bin], came[bin] / (double) counts[bin], counts[bin])));
        return new Calibration(points);
    }

    private static int bin(double probability) {
        int bin = 0;
        while (bin < BINS - 1 && probability > (bin + 1) * (1.0 / BINS)) {
            bin++;
        }
        return bin;
    }
}
