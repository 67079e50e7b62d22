package io.github.layerc.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The costs that were recorded during a training, each before the update of its iteration. */
public record History(List<Entry> entries) {
    /**
     * A cost that ends above so many times its start has diverged. Costs of small batches differ by a few times without any fault; a learning rate that
     * is too large multiplies the cost by orders of magnitude.
     */
    static final double FAR = 10;

    /**
     * One cost.
     *
     * @param iteration from 0
     * @param test what the same parameters made of the test set, where there is one; not of an iteration with which a training has ended unforeseen
     * @param validation the same of the validation set
     * @param learningRate that of the iteration's update, where it changes during the training
     */
    public record Entry(
            int iteration, double cost, Optional<Test> test, Optional<Test> validation, Optional<Double> learningRate) {
        public Entry(int iteration, double cost) {
            this(iteration, cost, Optional.empty(), Optional.empty());
        }

        public Entry(int iteration, double cost, Optional<Test> test, Optional<Test> validation) {
            this(iteration, cost, test, validation, Optional.empty());
        }
    }

    /**
     * What became of the test set.
     *
     * @param cost the mean loss, without a penalty
     * @param accuracy empty for a regression
     * @param metrics what else the training was to record, by name, in the order of the columns; NaN where a metric is not defined
     */
    public record Test(double cost, Optional<Accuracy> accuracy, Map<String, Double> metrics) {
        public Test {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }

        public Test(double cost, Optional<Accuracy> accuracy) {
            this(cost, accuracy, Map.of());
        }
    }

    public History {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("history must have at least one entry: entries=[]");
        }
    }

    /** The cost before the first update. */
    public double startCost() {
        return entries.get(0).cost();
    }

    /** The cost before the last update. */
    public double finalCost() {
        return entries.get(entries.size() - 1).cost();
    }

    /** Whether the cost ended far above its start, see {@link #FAR}. */
    public boolean hasDiverged() {
        return isFar(startCost(), finalCost());
    }

    /**
     * The same of a file that an earlier training has left.
     *
     * @return false, too, where the text is no history
     */
    public static boolean hasDiverged(String csv) {
        List<String> lines = csv.lines().toList();
        try {
            return isFar(cost(lines.get(1)), cost(lines.get(lines.size() - 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean isFar(double start, double end) {
        return start > 0 && end > FAR * start;
    }

    private static double cost(String line) {
        return Double.parseDouble(line.split(",", -1)[1]);
    }

    /**
     * {@code iteration,cost}, then {@code test_cost,test_accuracy} where there is a test set and {@code validation_cost,validation_accuracy} where there is a
     * validation set, without the accuracies for a regression, each with its metrics behind it, as {@code test_f1}, then {@code learning_rate} where it changes; one line for each entry, numbers with all digits that tell the double from its neighbours. What an entry
     * does not have is empty.
     */
    public String csv() {
        StringBuilder csv = new StringBuilder("iteration,cost");
        head(csv, "test", Entry::test);
        head(csv, "validation", Entry::validation);
        boolean hasRates =
                entries.stream().anyMatch(entry -> entry.learningRate().isPresent());
        csv.append(hasRates ? ",learning_rate\n" : "\n");
        for (Entry entry : entries) {
            csv.append(entry.iteration()).append(',').append(entry.cost());
            line(csv, entry, Entry::test);
            line(csv, entry, Entry::validation);
            if (hasRates) {
                csv.append(',').append(entry.learningRate().map(String::valueOf).orElse(""));
            }
            csv.append('\n');
        }
        return csv.toString();
    }

    private void head(StringBuilder csv, String name, Function<Entry, Optional<Test>> part) {
        if (has(part)) {
            csv.append(',').append(name).append("_cost");
        }
        if (hasAccuracy(part)) {
            csv.append(',').append(name).append("_accuracy");
        }
        metrics(part).forEach(metric -> csv.append(',').append(name).append('_').append(metric));
    }

    private void line(StringBuilder csv, Entry entry, Function<Entry, Optional<Test>> part) {
        Optional<Test> test = part.apply(entry);
        if (has(part)) {
            csv.append(',').append(test.map(one -> String.valueOf(one.cost())).orElse(""));
        }
        if (hasAccuracy(part)) {
            csv.append(',')
                    .append(test.flatMap(Test::accuracy)
                            .map(accuracy -> String.valueOf(accuracy.value()))
                            .orElse(""));
        }
        for (String metric : metrics(part)) {
            csv.append(',')
                    .append(test.map(one -> String.valueOf(one.metrics().get(metric)))
                            .orElse(""));
        }
    }

    private Set<String> metrics(Function<Entry, Optional<Test>> part) {
        return part.apply(entries.get(0)).map(one -> one.metrics().keySet()).orElse(Set.of());
    }

    private boolean has(Function<Entry, Optional<Test>> part) {
        return part.apply(entries.get(0)).isPresent();
    }

    private boolean hasAccuracy(Function<Entry, Optional<Test>> part) {
        return part.apply(entries.get(0)).flatMap(Test::accuracy).isPresent();
    }
}
