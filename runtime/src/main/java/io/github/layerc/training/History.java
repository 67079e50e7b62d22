package io.github.layerc.training;

import java.util.List;

/** The costs that were recorded during a training, each before the update of its iteration. */
public record History(List<Entry> entries) {

    /**
     * One cost.
     *
     * @param iteration from 0
     */
    public record Entry(int iteration, double cost) {}

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

    /** {@code iteration,cost}, one line for each entry, costs with all digits that tell the double from its neighbours. */
    public String csv() {
        StringBuilder csv = new StringBuilder("iteration,cost\n");
        for (Entry entry : entries) {
            csv.append(entry.iteration()).append(',').append(entry.cost()).append('\n');
        }
        return csv.toString();
    }
}
