package io.github.layerc.tune;

import io.github.layerc.schedule.tuned.Tuning;
import java.util.List;
import java.util.Locale;

/**
 * The best of some candidates.
 *
 * @param tuning null if none was measured
 * @param ratio to the base
 * @param nanos of each task
 * @param tried how many were measured
 */
record Found(Tuning tuning, double ratio, List<Double> nanos, int tried) {
    /** What a candidate has to reach in a second measurement to replace the heuristic's choice. */
    static final double CLEARLY = 0.97;

    boolean wins() {
        return tuning != null && ratio < CLEARLY;
    }

    Found withTried(int other) {
        return new Found(tuning, ratio, nanos, other);
    }

    /**
     * What became of it, as a line for people.
     *
     * @param what was measured
     * @param schedule that there is now
     */
    String line(String what, String schedule) {
        StringBuilder line = new StringBuilder(what + ": " + schedule);
        if (wins()) {
            nanos.forEach(each -> line.append(", ").append(time(each)));
            line.append(String.format(Locale.ROOT, ", ratio %.3f", ratio));
        } else {
            line.append(", the heuristic's stays");
            if (tuning != null) {
                line.append(String.format(Locale.ROOT, ", the best other has ratio %.3f", ratio));
            }
        }
        return line + " (" + tried + " tried)";
    }

    static String time(double nanos) {
        return nanos < 1e6
                ? String.format(Locale.ROOT, "%.2f us", nanos / 1e3)
                : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
