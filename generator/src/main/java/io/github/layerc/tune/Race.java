package io.github.layerc.tune;

import java.util.Arrays;
import java.util.List;

/** Times two variants by turns, so that what else happens on the machine happens to both. */
final class Race {
    private static final long WARM_NANOS = 150_000_000;
    private static final long CHUNK_NANOS = 40_000_000;
    private static final int PRIMINGS = 10;
    private static final int FEW_STEPS = 60;
    private static final double SETTLED = 0.97;

    private Race() {}

    /**
     * A comparison over some tasks.
     *
     * @param ratio geometric mean over the tasks of the time against the other's: of the best rounds and of the middle ones the one that is
     *     less in favour
     * @param nanos best time of each task
     */
    record Result(double ratio, List<Double> nanos) {}

    /**
     * Runs each task until its calls no longer get faster, at most so long for all together. First of all kernels that run once in a step must
     * be compiled: what a step of many samples does once, steps of a few samples do often.
     */
    static void warmUp(Variant variant, List<Task> tasks, long mostNanos) {
        long end = System.nanoTime() + mostNanos;
        for (int i = 0; i < PRIMINGS && System.nanoTime() < end; i++) {
            tasks.forEach(variant::run);
            variant.runFew(tasks, FEW_STEPS);
        }
        for (Task task : tasks) {
            long least = System.nanoTime() + WARM_NANOS;
            double last = Double.POSITIVE_INFINITY;
            while (true) {
                double nanos = nanosPerCall(variant, task, CHUNK_NANOS);
                long now = System.nanoTime();
                if (now > end || (now > least && nanos > SETTLED * last)) {
                    break;
                }
                last = Math.min(last, nanos);
            }
        }
    }

    /** Time of a candidate against another variant. */
    static Result run(Variant base, Variant candidate, List<Task> tasks, int rounds, long roundNanos) {
        double logBest = 0;
        double logMiddle = 0;
        double[] nanos = new double[tasks.size()];
        for (int t = 0; t < tasks.size(); t++) {
            double[] baseTimes = new double[rounds];
            double[] times = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                boolean baseFirst = i % 2 == 0;
                double first = nanosPerCall(baseFirst ? base : candidate, tasks.get(t), roundNanos);
                double second = nanosPerCall(baseFirst ? candidate : base, tasks.get(t), roundNanos);
                baseTimes[i] = baseFirst ? first : second;
                times[i] = baseFirst ? second : first;
            }
            Arrays.sort(baseTimes);
            Arrays.sort(times);
            logBest += Math.log(times[0] / baseTimes[0]);
            logMiddle += Math.log(times[rounds / 2] / baseTimes[rounds / 2]);
            nanos[t] = times[0];
        }
        return new Result(
                Math.exp(Math.max(logBest, logMiddle) / tasks.size()),
                Arrays.stream(nanos).boxed().toList());
    }

    private static double nanosPerCall(Variant variant, Task task, long nanos) {
        long start = System.nanoTime();
        long calls = 0;
        long batch = 1;
        while (true) {
            for (long i = 0; i < batch; i++) {
                variant.run(task);
            }
            calls += batch;
            long elapsed = System.nanoTime() - start;
            if (elapsed >= nanos) {
                return (double) elapsed / calls;
            }
            // the clock is read seldom enough not to count
            batch = Math.max(1, calls * 1000 / Math.max(elapsed, 1));
        }
    }
}
