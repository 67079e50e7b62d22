package io.github.layerc.source;

import io.github.layerc.array.ArrayStore;
import io.github.layerc.data.DataException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the arrays of a training are called.
 *
 * @param x samples for the training, or all of them where there is no test
 * @param y their labels or targets
 * @param test the names of those for the test, absent where a fifth of all samples is for it
 */
record ArrayNames(String x, String y, Optional<ArrayNames> test) {
    /** With a test, which can be missing, or without one. */
    private static final List<ArrayNames> KNOWN = List.of(
            new ArrayNames("x_train", "y_train", Optional.of(pair("x_test", "y_test"))),
            new ArrayNames("X_train", "y_train", Optional.of(pair("X_test", "y_test"))),
            new ArrayNames("train_x", "train_y", Optional.of(pair("test_x", "test_y"))),
            new ArrayNames("train_images", "train_labels", Optional.of(pair("test_images", "test_labels"))),
            pair("x", "y"),
            pair("X", "y"),
            pair("data", "target"),
            pair("arr_0", "arr_1"));

    private static ArrayNames pair(String x, String y) {
        return new ArrayNames(x, y, Optional.empty());
    }

    /** Whether there are samples or labels among some arrays: then what is missing is missed. */
    static boolean areIn(Set<String> names) {
        return KNOWN.stream().anyMatch(known -> names.contains(known.x) || names.contains(known.y));
    }

    /**
     * The names in a file or a folder.
     *
     * @throws DataException if arrays have none of the known names, those of several, or one is missing beside others
     */
    static ArrayNames in(ArrayStore store) {
        Set<String> names = store.names();
        List<ArrayNames> whole = KNOWN.stream()
                .filter(known -> names.contains(known.x) && names.contains(known.y))
                .toList();
        if (whole.size() > 1) {
            throw DataException.of(
                    store.place(),
                    "samples of several names",
                    "one of them",
                    whole.stream().map(known -> known.words(store)).collect(Collectors.joining("; ")));
        }
        if (whole.isEmpty()) {
            throw missing(store, names);
        }
        return whole.get(0).withTest(store, names);
    }

    private static DataException missing(ArrayStore store, Set<String> names) {
        Optional<ArrayNames> half = KNOWN.stream()
                .filter(known -> names.contains(known.x) || names.contains(known.y))
                .findFirst();
        String found =
                names.isEmpty() ? "no arrays" : names.stream().map(store::words).collect(Collectors.joining(", "));
        if (half.isPresent()) {
            String expected = names.contains(half.get().x) ? half.get().y : half.get().x;
            return DataException.of(store.place(), "missing array", store.words(expected), found);
        }
        String expected = KNOWN.stream().map(known -> known.words(store)).collect(Collectors.joining("; or "));
        return DataException.of(store.place(), "no arrays of samples and labels", expected, found);
    }

    private ArrayNames withTest(ArrayStore store, Set<String> names) {
        boolean hasX = test.isPresent() && names.contains(test.get().x);
        boolean hasY = test.isPresent() && names.contains(test.get().y);
        if (hasX == hasY) {
            return hasX ? this : pair(x, y);
        }
        String found = names.stream().map(store::words).collect(Collectors.joining(", "));
        throw DataException.of(store.place(), "missing array", store.words(hasX ? test.get().y : test.get().x), found);
    }

    private String words(ArrayStore store) {
        return store.words(x) + " and " + store.words(y);
    }
}
