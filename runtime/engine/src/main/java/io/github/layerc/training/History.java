package io.github.layerc.training;

import java.util.List;
import java.util.Optional;

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
     * @param test what the same parameters made of the test set, where there is one
     */
    public record Entry(int iteration, double cost, Optional<Test> test) {
        public Entry(int iteration, double cost) {
            this(iteration, cost, Optional.empty());
        }
    }

    /**
     * What became of the test set.
     *
     * @param cost the mean loss, without a penalty
     * @param accuracy empty for a regression
     */
    public record Test(double cost, Optional<Accuracy> accuracy) {}

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
     * {@code iteration,cost}, and {@code test_cost,test_accuracy} where there is a test set, without the last for a regression; one line for each entry, numbers with all digits that
     * tell the double from its neighbours.
     */
    public String csv() {
        Optional<Test> first = entries.get(0).test();
        StringBuilder csv = new StringBuilder("iteration,cost")
                .append(first.isPresent() ? ",test_cost" : "")
                .append(first.flatMap(Test::accuracy).isPresent() ? ",test_accuracy" : "")
                .append('\n');
        for (Entry entry : entries) {
            csv.append(entry.iteration()).append(',').append(entry.cost());
            entry.test().ifPresent(test -> {
                csv.append(',').append(test.cost());
                test.accuracy().ifPresent(accuracy -> csv.append(',').append(accuracy.value()));
            });
            csv.append('\n');
        }
        return csv.toString();
    }
}
