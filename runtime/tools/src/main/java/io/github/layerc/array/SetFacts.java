package io.github.layerc.array;

import io.github.layerc.data.Dataset;
import io.github.layerc.data.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a program prints of data for training and test once it has read them. */
public final class SetFacts {
    /** Characters of a class that are printed. */
    private static final int MAX_NAME = 100;

    /** Classes that are printed. */
    private static final int MAX_CLASSES = 20;

    private SetFacts() {}

    /**
     * Line by line; names are made printable.
     *
     * @param size what the shape of a sample is called
     * @param shape of one sample
     * @param classes the names of the classes, from 0 on; none for a regression
     */
    public static List<String> of(String size, Dataset train, Dataset test, List<Integer> shape, List<String> classes) {
        List<String> facts = new ArrayList<>(List.of(
                "number of training samples: " + train.count(),
                "number of test samples: " + test.count(),
                size + ": " + tuple(shape),
                "train_set_x: " + tuple(train.count(), shape),
                "train_set_y: (" + train.count() + ", " + train.outputs() + ")",
                "test_set_x: " + tuple(test.count(), shape),
                "test_set_y: (" + test.count() + ", " + test.outputs() + ")"));
        if (!classes.isEmpty()) {
            facts.add("classes: " + names(classes));
        }
        return facts;
    }

    private static String names(List<String> classes) {
        String names = IntStream.range(0, Math.min(classes.size(), MAX_CLASSES))
                .mapToObj(label -> label + " = " + Printable.escape(Printable.shorten(classes.get(label), MAX_NAME)))
                .collect(Collectors.joining(", "));
        return classes.size() <= MAX_CLASSES ? names : names + ", ... and " + (classes.size() - MAX_CLASSES) + " more";
    }

    private static String tuple(List<Integer> axes) {
        return axes.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String tuple(int count, List<Integer> axes) {
        return "(" + count + ", " + tuple(axes).substring(1);
    }
}
