package io.github.layerc.training;

import io.github.layerc.data.Dataset;
import io.github.layerc.network.Network;
import io.github.layerc.network.random.NumpyRandom;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A data set in two parts, one to train with and one to validate with. Where the outputs of the network are classes, each class gives its share; the share of
 * a class is rounded, and 1 sample at least where it has more than one. Which samples these are is drawn with a seed, {@code permutation(count)} of NumPy's {@code RandomState(seed)}; in
 * both parts they keep their order.
 */
public record ValidationSplit(Dataset train, Dataset validation) {

    /**
     * Splits the samples of a network.
     *
     * @param share of the validation, above 0 and below 1
     * @param seed from 0 to 2^32 - 1
     * @throws TrainingException if a part would be empty
     */
    public static ValidationSplit of(Dataset data, Network network, double share, long seed) {
        int[] order = new int[data.count()];
        new NumpyRandom(seed).permutation(order);
        Map<Integer, Integer> left = new TreeMap<>();
        for (int row : order) {
            left.merge(classOf(data, network, row), 1, Integer::sum);
        }
        left.replaceAll((label, count) -> shareOf(count, share));
        boolean[] validates = new boolean[order.length];
        for (int row : order) {
            int more = left.get(classOf(data, network, row));
            validates[row] = more > 0;
            left.put(classOf(data, network, row), Math.max(0, more - 1));
        }
        int[] validation = rows(validates, true);
        int[] train = rows(validates, false);
        if (validation.length == 0 || train.length == 0) {
            throw new TrainingException(
                    "a validation part needs at least 1 of the samples, and has to leave 1: samples=" + data.count()
                            + ", validation=" + share);
        }
        return new ValidationSplit(data.rows(train), data.rows(validation));
    }

    private static int classOf(Dataset data, Network network, int row) {
        return network.loss().classifies()
                ? data.targetClass(row, network.loss().targets())
                : 0;
    }

    private static int shareOf(int count, double share) {
        int rounded = (int) Math.round(count * share);
        return count == 1 ? rounded : Math.min(count - 1, Math.max(1, rounded));
    }

    private static int[] rows(boolean[] validates, boolean wanted) {
        return IntStream.range(0, validates.length)
                .filter(row -> validates[row] == wanted)
                .toArray();
    }
}
