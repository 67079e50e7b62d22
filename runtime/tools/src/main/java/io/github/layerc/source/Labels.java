package io.github.layerc.source;

import io.github.layerc.array.StoredArray;
import io.github.layerc.data.DataException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The classes that the labels of a training are of: strings in the order of their characters, numbers in their order, {@code false} before {@code true} - as
 * scikit-learn's {@code LabelEncoder} numbers them - or, of rows in which one column alone is 1, the numbers of the columns.
 */
final class Labels {
    private static final String RULE = "(samples), (samples, 1), (1, samples) or (samples, classes)";

    private final StoredArray train;
    private final List<String> names;

    /** In their order; empty where labels are no strings. */
    private final String[] texts;

    /** In their order; empty where labels are no numbers, or one-hot. */
    private final double[] numbers;

    private final int[] ofTraining;
    private final boolean[] seen;

    /**
     * The classes of the labels of a training.
     *
     * @param count number of samples
     * @throws DataException if labels are not as described above, not as many as samples, or all of one class
     */
    Labels(StoredArray train, int count) {
        this.train = train;
        int columns = columns(train, count);
        if (columns > 1) {
            train.requireNumbers();
        }
        texts = columns == 1 && train.isText()
                ? IntStream.range(0, count)
                        .mapToObj(train::text)
                        .distinct()
                        .sorted(Labels::compare)
                        .toArray(String[]::new)
                : new String[0];
        numbers = columns == 1 && !train.isText()
                ? IntStream.range(0, count)
                        .mapToDouble(row -> whole(train, row))
                        .sorted()
                        .distinct()
                        .toArray()
                : new double[0];
        names = isOneHot()
                ? IntStream.range(0, columns).mapToObj(Integer::toString).toList()
                : Stream.concat(Arrays.stream(texts), Arrays.stream(numbers).mapToObj(number -> name(train, number)))
                        .toList();
        ofTraining = classes(train, count);
        seen = new boolean[names.size()];
        for (int label : ofTraining) {
            seen[label] = true;
        }
        if (Arrays.stream(ofTraining).distinct().count() == 1) {
            throw train.broken("one class only", "labels of two or more classes", names.get(ofTraining[0]));
        }
    }

    private boolean isOneHot() {
        return texts.length == 0 && numbers.length == 0;
    }

    /** In the order of characters, which is not that of their halves in Java. */
    private static int compare(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    private static double whole(StoredArray array, int index) {
        double value = array.number(index);
        if (Math.rint(value) != value || Double.isInfinite(value)) {
            throw array.broken(
                    "label that is no whole number in " + array.where(index),
                    "whole numbers, strings or booleans",
                    value);
        }
        // 0.0 and -0.0 are one class
        return value + 0.0;
    }

    private static String name(StoredArray array, double number) {
        return array.isBoolean()
                ? Boolean.toString(number == 1)
                : new BigDecimal(number).toBigInteger().toString();
    }

    /** The names of the classes. */
    List<String> names() {
        return names;
    }

    /** The numbers of the classes of the samples of the training. */
    int[] ofTraining() {
        return ofTraining;
    }

    /**
     * The numbers of the classes of the samples of a test.
     *
     * @throws DataException if labels are not as many as samples, of another type than those of the training, or one is of none of their classes
     */
    int[] ofTest(StoredArray labels, int count) {
        int columns = columns(labels, count);
        if (columns != (isOneHot() ? names.size() : 1)) {
            String expected = isOneHot() ? "(" + count + ", " + names.size() + ")" : "one for each sample";
            throw labels.broken("labels must have the shape of the training's", expected, labels.shapeText());
        }
        if (labels.isText() != train.isText() || labels.isBoolean() != train.isBoolean()) {
            throw labels.broken("labels must be of the type of the training's", train.type(), labels.type());
        }
        int[] classes = classes(labels, count);
        for (int row = 0; row < count; row++) {
            if (classes[row] < 0 || !seen[classes[row]]) {
                throw unseen(
                        labels,
                        row * columns,
                        IntStream.range(0, seen.length).filter(i -> seen[i]).count(),
                        isOneHot()
                                ? names.get(classes[row])
                                : labels.isText() ? labels.text(row) : name(labels, labels.number(row)));
            }
        }
        return classes;
    }

    /**
     * The numbers of the classes of samples by the names that a training gave them, whatever their labels were there. Where no name is a whole number, labels that are some are taken as the
     * numbers of the classes.
     *
     * @throws DataException if labels are not as many as samples, or one is of none of the classes
     */
    static int[] named(StoredArray labels, int count, List<String> classes) {
        int columns = columns(labels, count);
        if (columns > 1) {
            labels.requireNumbers();
        }
        IntFunction<String> name = columns > 1
                ? row -> Integer.toString(ones(labels, columns, row))
                : labels.isText() ? labels::text : row -> name(labels, whole(labels, row));
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(each -> numbers.put(each, numbers.size()));
        if (!labels.isText() && classes.stream().noneMatch(each -> each.matches("-?[0-9]+"))) {
            IntStream.range(0, classes.size()).forEach(c -> numbers.put(Integer.toString(c), c));
        }
        return IntStream.range(0, count)
                .map(row -> {
                    Integer number = numbers.get(name.apply(row));
                    if (number == null) {
                        throw unseen(labels, row * columns, classes.size(), name.apply(row));
                    }
                    return number;
                })
                .toArray();
    }

    private static DataException unseen(StoredArray labels, int index, long classes, String label) {
        return labels.broken(
                "label that no sample of the training has in " + labels.where(index),
                "one of " + classes + " classes",
                label);
    }

    /** Negative where a label is of none. */
    private int[] classes(StoredArray labels, int count) {
        IntUnaryOperator number = isOneHot()
                ? row -> ones(labels, names.size(), row)
                : labels.isText()
                        ? row -> Arrays.binarySearch(texts, labels.text(row), Labels::compare)
                        : row -> Arrays.binarySearch(numbers, whole(labels, row));
        return IntStream.range(0, count).map(number).toArray();
    }

    /** The column of a row that is 1. */
    private static int ones(StoredArray labels, int columns, int row) {
        int found = -1;
        for (int column = 0; column < columns; column++) {
            double value = labels.number(row * columns + column);
            if (value != 0 && (value != 1 || found >= 0)) {
                throw labels.broken(
                        "row that is not one-hot: " + labels.where(row * columns + column), "one 1, else 0", value);
            }
            found = value == 1 ? column : found;
        }
        if (found < 0) {
            throw labels.broken("row that is not one-hot: " + labels.where(row * columns), "one 1, else 0", "none");
        }
        return found;
    }

    /** Numbers in a row of one sample; more than 1 only where they are one-hot. */
    private static int columns(StoredArray array, int count) {
        return Targets.columns(array, count, "label", RULE);
    }
}
