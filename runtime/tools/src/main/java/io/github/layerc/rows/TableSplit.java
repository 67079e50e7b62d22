package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import io.github.layerc.network.random.NumpyRandom;
import io.github.layerc.rows.field.NumberText;
import io.github.layerc.table.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which rows train and which test, or validate: by chance, by chance within each class, whole groups by chance, or the latest. The draw is a {@code permutation} of NumPy's {@code
 * RandomState(seed)}, so the same seed gives the same rows on every machine. In all parts rows keep their order.
 */
public final class TableSplit {
    /** Dates and times that text sorts as they follow each other: ISO 8601, from year to second. */
    private static final Pattern ISO_TIME =
            Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}([T ]\\d{2}(:\\d{2}(:\\d{2}(\\.\\d+)?)?)?Z?)?)?)?");

    private final TableRows rows;
    private final Split split;

    public TableSplit(TableRows rows) {
        this.rows = rows;
        this.split = rows.table().split();
    }

    /**
     * Two parts of some rows.
     *
     * @param kept numbers of those that train
     * @param left numbers of those that are left out
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers of rows on their way from one method to the next
    public record Parts(int[] kept, int[] left) {}

    /** The numbers of all rows. */
    public int[] all() {
        int[] all = new int[rows.count()];
        Arrays.setAll(all, row -> row);
        return all;
    }

    /**
     * Leaves a share of some rows out: of all of them, of each class, or of the groups; by time the last.
     *
     * @param some numbers of rows, rising
     * @param share above 0 and below 1
     * @throws DataException if no row would be left out, or kept, or there is a time that has no order
     */
    public Parts leaveOut(int[] some, double share) {
        boolean[] out = new boolean[rows.count()];
        switch (split.kind()) {
            case RANDOM -> mark(shuffled(some), rounded(some.length, share), out);
            case STRATIFIED ->
                byClass(some).values().forEach(rowsOf -> mark(rowsOf, atLeastOne(rowsOf.size(), share), out));
            case GROUP -> {
                int wanted = rounded(some.length, share);
                int marked = 0;
                for (List<Integer> group : groups(some)) {
                    if (marked < wanted) {
                        mark(group, group.size(), out);
                        marked += group.size();
                    }
                }
            }
            case TIME -> {
                List<List<Integer>> moments = moments(some);
                int wanted = rounded(some.length, share);
                int marked = 0;
                for (int m = moments.size() - 1;
                        m >= 0 && marked + moments.get(m).size() <= Math.max(wanted, 1);
                        m--) {
                    mark(moments.get(m), moments.get(m).size(), out);
                    marked += moments.get(m).size();
                }
            }
        }
        return parts(some, out, "share=" + share);
    }

    /**
     * Parts of which each row is left out once, for a cross-validation; by time, each part but the first is left out once, and those before it train.
     *
     * @param some numbers of rows, rising
     * @param count of the parts, at least 2
     * @throws DataException if a part would be empty
     */
    public List<Parts> folds(int[] some, int count) {
        int[] fold = new int[rows.count()];
        int folds = split.kind() == Split.Kind.TIME ? count + 1 : count;
        switch (split.kind()) {
            case RANDOM -> deal(List.of(shuffled(some)), folds, fold);
            case STRATIFIED -> deal(byClass(some).values(), folds, fold);
            case GROUP -> {
                int[] sizes = new int[folds];
                List<List<Integer>> groups = new ArrayList<>(groups(some));
                groups.sort(Comparator.comparingInt((List<Integer> group) -> group.size())
                        .reversed());
                for (List<Integer> group : groups) {
                    int smallest = 0;
                    for (int f = 1; f < folds; f++) {
                        smallest = sizes[f] < sizes[smallest] ? f : smallest;
                    }
                    int to = smallest;
                    group.forEach(row -> fold[row] = to);
                    sizes[smallest] += group.size();
                }
            }
            case TIME -> {
                int before = 0;
                for (List<Integer> moment : moments(some)) {
                    int to = (int) ((long) before * folds / some.length);
                    moment.forEach(row -> fold[row] = to);
                    before += moment.size();
                }
            }
        }
        List<Parts> parts = new ArrayList<>();
        for (int f = folds - count; f < folds; f++) {
            int own = f;
            int[] seen = split.kind() == Split.Kind.TIME
                    ? Arrays.stream(some).filter(row -> fold[row] <= own).toArray()
                    : some;
            boolean[] out = new boolean[rows.count()];
            Arrays.stream(some).filter(row -> fold[row] == own).forEach(row -> out[row] = true);
            parts.add(parts(seen, out, "folds=" + count));
        }
        return parts;
    }

    private Parts parts(int[] some, boolean[] out, String wanted) {
        int[] left = Arrays.stream(some).filter(row -> out[row]).toArray();
        int[] kept = Arrays.stream(some).filter(row -> !out[row]).toArray();
        if (left.length == 0 || kept.length == 0) {
            throw DataException.of(
                    rows.path(),
                    "too few rows for a " + split.kind().keyword() + " split",
                    "1 or more that are left out, and 1 or more that are not",
                    left.length + " and " + kept.length + ": " + wanted);
        }
        return new Parts(kept, left);
    }

    private static int rounded(int count, double share) {
        return (int) Math.round(count * share);
    }

    /** Of a class with more than one row, one at least is on each side. */
    private static int atLeastOne(int count, double share) {
        return count == 1 ? rounded(count, share) : Math.min(count - 1, Math.max(1, rounded(count, share)));
    }

    private static void mark(List<Integer> from, int count, boolean[] out) {
        from.subList(0, count).forEach(row -> out[row] = true);
    }

    private static void deal(Iterable<List<Integer>> blocks, int folds, int[] fold) {
        int next = 0;
        for (List<Integer> block : blocks) {
            for (int row : block) {
                fold[row] = next;
                next = (next + 1) % folds;
            }
        }
    }

    private List<Integer> shuffled(int... some) {
        int[] order = new int[some.length];
        new NumpyRandom(split.seed()).permutation(order);
        List<Integer> shuffled = new ArrayList<>();
        for (int place : order) {
            shuffled.add(some[place]);
        }
        return shuffled;
    }

    private Map<Integer, List<Integer>> byClass(int... some) {
        Map<Integer, List<Integer>> byClass = new TreeMap<>();
        shuffled(some)
                .forEach(row -> byClass.computeIfAbsent(rows.label(row), label -> new ArrayList<>())
                        .add(row));
        return byClass;
    }

    /** Rows with the same value together, in an order by chance that does not depend on that of the rows. */
    private List<List<Integer>> groups(int... some) {
        Map<String, List<Integer>> byKey = new TreeMap<>();
        for (int row : some) {
            byKey.computeIfAbsent(rows.splitKey(row), key -> new ArrayList<>()).add(row);
        }
        List<List<Integer>> groups = new ArrayList<>(byKey.values());
        int[] order = new int[groups.size()];
        new NumpyRandom(split.seed()).permutation(order);
        return Arrays.stream(order).mapToObj(groups::get).toList();
    }

    /** Rows with the same time together, in the order of time: that of numbers where all are, else that of texts. */
    private List<List<Integer>> moments(int... some) {
        Map<Double, List<Integer>> byNumber = new TreeMap<>();
        Map<String, List<Integer>> byText = new TreeMap<>();
        for (int row : some) {
            String text = rows.splitKey(row);
            double number = NumberText.parse(text, '.');
            boolean isNumber = Double.isFinite(number) && byText.isEmpty();
            if (!isNumber && !(byNumber.isEmpty() && ISO_TIME.matcher(text).matches())) {
                throw DataException.of(
                        rows.path() + ":" + rows.line(row) + ": column " + split.column(),
                        "not a time",
                        byNumber.isEmpty() ? "a number, or a date as 2025-12-31" : "a number, as in the rows before",
                        text.isEmpty() ? "nothing" : text);
            }
            if (isNumber) {
                byNumber.computeIfAbsent(number, key -> new ArrayList<>()).add(row);
            } else {
                byText.computeIfAbsent(text, key -> new ArrayList<>()).add(row);
            }
        }
        return new ArrayList<>(byNumber.isEmpty() ? byText.values() : byNumber.values());
    }
}
