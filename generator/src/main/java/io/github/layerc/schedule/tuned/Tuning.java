package io.github.layerc.schedule.tuned;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Products;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Storage;
import io.github.layerc.schedule.Thresholds;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured for one target and precision of a network.
 *
 * @param thresholds for what the schedules leave open
 * @param kernels the schedules by the names of {@link Products}, that of the Gram form among them; a kernel that is missing has the heuristic's
 */
public record Tuning(
        Target target,
        Precision precision,
        Origin origin,
        Storage storage,
        Thresholds thresholds,
        SortedMap<String, Choice> kernels) {

    public Tuning {
        kernels = Collections.unmodifiableSortedMap(new TreeMap<>(kernels));
    }

    /**
     * Where and for what.
     *
     * @param machine architecture and numbers, no name of a host
     * @param jdk version of the Java runtime
     * @param lanes elements of a vector in this precision, 1 for plain Java
     * @param batch samples of the steps and of the larger prediction
     */
    public record Origin(String machine, String jdk, int lanes, int batch) {}

    /**
     * A schedule that was chosen.
     *
     * @param ratio time of what was measured with it, relative to the heuristic's schedule for this kernel; 1 where that one stayed
     */
    public record Choice(Schedule schedule, double ratio) {}

    /** With the usual thresholds. */
    public Tuning(
            Target target, Precision precision, Origin origin, Storage storage, SortedMap<String, Choice> kernels) {
        this(target, precision, origin, storage, Thresholds.USUAL, kernels);
    }

    /** The same with others. */
    public Tuning withThresholds(Thresholds others) {
        return new Tuning(target, precision, origin, storage, others, kernels);
    }

    /** The same with one more choice. */
    public Tuning with(String kernel, Choice choice) {
        Map<String, Choice> more = new TreeMap<>(kernels);
        more.put(kernel, choice);
        return new Tuning(target, precision, origin, storage, thresholds, new TreeMap<>(more));
    }
}
