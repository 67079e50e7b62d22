package io.github.layerc.schedule.tuned;

import io.github.layerc.network.Network;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.GramRules;
import io.github.layerc.schedule.Heuristic;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.ScheduleRules;
import io.github.layerc.schedule.Scheduler;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.Thresholds;

/** Measured schedules; kernels that were not measured get those of the heuristic. */
final class TunedScheduler implements Scheduler {
    private final Tuning tuning;
    private final Heuristic heuristic;

    TunedScheduler(Tuning tuning, Heuristic heuristic) {
        this.tuning = tuning;
        this.heuristic = heuristic;
    }

    /** @throws IllegalArgumentException if the network cannot be emitted with the layouts of the tuning */
    @Override
    public Storage storage(Network network) {
        require("storage", tuning.storage().objection(tuning.target(), network));
        return tuning.storage();
    }

    /** @throws IllegalArgumentException if the product cannot be emitted with the schedule of the tuning */
    @Override
    public Schedule schedule(Product product, Storage storage) {
        String name = Products.name(product);
        Tuning.Choice choice = tuning.kernels().get(name);
        if (choice == null) {
            return heuristic.schedule(product, storage);
        }
        require(name, new ScheduleRules(tuning.target(), product, storage).objection(choice.schedule()));
        return choice.schedule();
    }

    /** @throws IllegalArgumentException if the Gram form of so many units cannot be emitted with the schedule of the tuning */
    @Override
    public Schedule gram(int units) {
        Tuning.Choice choice = tuning.kernels().get(Products.GRAM_UPDATE);
        if (choice == null) {
            return heuristic.gram(units);
        }
        require(Products.GRAM_UPDATE, new GramRules(tuning.target(), units).objection(choice.schedule()));
        return choice.schedule();
    }

    @Override
    public Thresholds thresholds() {
        return tuning.thresholds();
    }

    @Override
    public int samplesInBlock(Network network) {
        return heuristic.samplesInBlock(network);
    }

    @Override
    public String origin() {
        Tuning.Origin origin = tuning.origin();
        return "Schedules measured for " + origin.batch() + (origin.batch() == 1 ? " sample" : " samples")
                + " with Java " + origin.jdk() + " on " + origin.machine() + ".";
    }

    private static void require(String name, String objection) {
        if (!objection.isEmpty()) {
            throw new IllegalArgumentException(name + ": " + objection);
        }
    }
}
