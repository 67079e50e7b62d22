package io.github.layerc.engine.search;

/**
 * Looks along a line for a step {@code t} that meets the strong Wolfe conditions, with {@code f} the cost and {@code f'} its slope at {@code t}:
 *
 * <pre>
 * f(t) &lt;= f(0) + c1 t f'(0)
 * |f'(t)| &lt;= c2 |f'(0)|
 * </pre>
 *
 * <p>Algorithms 3.5 and 3.6 of Nocedal and Wright, "Numerical Optimization" (2006), which are one loop here: {@code low} is the lowest trial so far that meets the
 * first condition, 0 at first; between it and {@code high}, infinite at first, there are steps that meet both. The next trial is the lowest point of the cubic
 * through values and slopes of two trials, (3.59) there: inside of the interval where that is in its inner 80 percent, else its middle. Where {@code high} is
 * infinite it lies beyond the last trial, by 1.1 to 4 times the distance of the last two (Moré and Thuente 1994).
 */
final class LineSearch {
    private static final double EDGE = 0.1;
    private static final double LEAST_GROWTH = 1.1;
    private static final double MOST_GROWTH = 4;

    /** A function of the step. */
    interface Line {

        /** The value; the slope of the same step can be asked for afterwards. */
        double cost(double t);

        double slope();
    }

    private static final class Trial {
        private double t;
        private double cost;
        private double slope;

        void set(double newT, double newCost, double newSlope) {
            t = newT;
            cost = newCost;
            slope = newSlope;
        }

        void set(Trial other) {
            set(other.t, other.cost, other.slope);
        }
    }

    private final double c1;
    private final double c2;
    private final int evaluations;
    private final Trial low = new Trial();
    private final Trial high = new Trial();
    private final Trial before = new Trial();
    private final Trial trial = new Trial();

    /** @param evaluations of a search at most */
    LineSearch(double c1, double c2, int evaluations) {
        this.c1 = c1;
        this.c2 = c2;
        this.evaluations = evaluations;
    }

    /**
     * Searches.
     *
     * @param cost at 0
     * @param slope at 0, negative
     * @param first step to try, positive
     * @return the step, which is the last one tried; or, where no trial has met both conditions, the lowest that has met the first one, 0 if none has
     */
    double search(Line line, double cost, double slope, double first) {
        low.set(0, cost, slope);
        high.set(Double.POSITIVE_INFINITY, Double.NaN, Double.NaN);
        double t = first;
        for (int i = 0; i < evaluations; i++) {
            double value = line.cost(t);
            trial.set(t, value, line.slope());
            // not where it is no number
            boolean lower = value <= cost + c1 * t * slope && value < low.cost;
            if (!lower) {
                high.set(trial);
            } else if (Math.abs(trial.slope) <= -c2 * slope) {
                return t;
            } else {
                before.set(low);
                if (trial.slope * (high.t - low.t) >= 0) {
                    high.set(low);
                }
                low.set(trial);
            }
            t = Double.isInfinite(high.t) ? beyond() : between();
        }
        return low.t;
    }

    private double beyond() {
        double distance = low.t - before.t;
        double least = low.t + LEAST_GROWTH * distance;
        double most = low.t + MOST_GROWTH * distance;
        double t = lowest(before, low);
        // a cubic without a lowest point falls for ever
        return t >= least && t <= most ? t : t < least ? least : most;
    }

    private double between() {
        double from = Math.min(low.t, high.t);
        double width = Math.abs(high.t - low.t);
        double t = lowest(low, high);
        return t >= from + EDGE * width && t <= from + (1 - EDGE) * width ? t : from + width / 2;
    }

    /** Of the cubic through two trials; NaN where it has no lowest point. */
    private static double lowest(Trial a, Trial b) {
        double d1 = a.slope + b.slope - 3 * (a.cost - b.cost) / (a.t - b.t);
        double d2 = Math.signum(b.t - a.t) * Math.sqrt(d1 * d1 - a.slope * b.slope);
        return b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2));
    }
}
