package io.github.layerc.schedule.tuned;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Heuristic;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that was measured for a network: at most one tuning for a target and precision. */
public record TunedSchedules(List<Tuning> tunings) {

    /** Nothing was measured. */
    public static final TunedSchedules NONE = new TunedSchedules(List.of());

    public TunedSchedules {
        tunings = List.copyOf(tunings);
    }

    public Optional<Tuning> of(Target target, Precision precision) {
        return tunings.stream()
                .filter(each -> each.target() == target && each.precision() == precision)
                .findFirst();
    }

    /** The same with a tuning in place of the one for its target and precision. */
    public TunedSchedules with(Tuning tuning) {
        List<Tuning> all = new ArrayList<>(tunings);
        all.removeIf(each -> each.target() == tuning.target() && each.precision() == tuning.precision());
        all.add(tuning);
        return new TunedSchedules(all);
    }

    /** The scheduler of a class: measured schedules where there are some, else the heuristic's for the machine. */
    public Scheduler scheduler(Target target, Precision precision, Machine machine) {
        Heuristic heuristic = new Heuristic(target, precision, machine);
        return of(target, precision)
                .<Scheduler>map(tuning -> new TunedScheduler(tuning, heuristic))
                .orElse(heuristic);
    }
}
