package io.github.layerc.training;

import java.util.List;
import java.util.Optional;

/** The costs that were recorded during a training, each before the update of its iteration. */
public record History(List<Entry> entries) {

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

    /** @param cost the mean loss, without a penalty */
    public record Test(double cost, Accuracy accuracy) {}

    public History {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("history must have at least one entry: entries=[]");
        }
    }

    /** The cost before the last update. */
    public double finalCost() {
        return entries.get(entries.size() - 1).cost();
    }

    /**
     * {@code iteration,cost}, and {@code test_cost,test_accuracy} where there is a test set; one line for each entry, numbers with all digits that
     * tell the double from its neighbours.
     */
    public String csv() {
        boolean tested = entries.get(0).test().isPresent();
        StringBuilder csv = new StringBuilder("iteration,cost").append(tested ? ",test_cost,test_accuracy\n" : "\n");
        for (Entry entry : entries) {
            csv.append(entry.iteration()).append(',').append(entry.cost());
            entry.test()
                    .ifPresent(test -> csv.append(',')
                            .append(test.cost())
                            .append(',')
                            .append(test.accuracy().value()));
            csv.append('\n');
        }
        return csv.toString();
    }
}
