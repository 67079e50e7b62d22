package io.github.layerc.report.draw;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An axis of a chart: the range of its values, and the round numbers that stand at it.
 *
 * @param from the value at its start
 * @param to the value at its end, above {@code from}
 * @param logarithmic whether equal factors are equal distances; both values are then positive
 */
public record Axis(double from, double to, boolean logarithmic, List<Double> ticks) {
    /** Values further from each other than this factor are seen on a logarithmic axis only. */
    private static final double FAR_APART = 30;

    /** Beyond these, powers of ten and differences leave the range of a double. */
    private static final double MOST = 1e300;

    private static final double LEAST_POSITIVE = 1e-300;

    private static final double NEXT_TO = 1e-9;

    /** More than any chart wants. */
    private static final int MOST_TICKS = 30;

    private static final double[] STEPS = {1, 2, 5, 10};

    public Axis {
        ticks = List.copyOf(ticks);
        if (!(from < to) || (logarithmic && !(from > 0)) || !Double.isFinite(to - from)) {
            throw new IllegalArgumentException(
                    "an axis must run from a number to a larger one, which are positive on a logarithmic axis: from="
                            + from + ", to=" + to + ", logarithmic=" + logarithmic);
        }
    }

    /** Whether a value can have a place on some axis. */
    public static boolean isDrawable(double value) {
        return Math.abs(value) <= MOST;
    }

    /**
     * An axis for values from {@code least} to {@code most}, both drawable: logarithmic where they are positive and far apart, else linear and, where no
     * value is negative, from 0 on.
     *
     * @param wanted about so many ticks
     */
    public static Axis of(double least, double most, int wanted) {
        return least >= LEAST_POSITIVE && most / least > FAR_APART
                ? logarithmic(least, most, wanted)
                : linear(Math.min(0, least), most, wanted);
    }

    /** From and to round numbers, such that all values lie between them. */
    static Axis linear(double least, double most, int wanted) {
        double size = Math.max(Math.abs(least), Math.abs(most));
        // numbers this close have no round ones between them
        double end = most - least > Math.max(LEAST_POSITIVE, NEXT_TO * size) ? most : least + Math.max(NEXT_TO, size);
        BigDecimal step = step(end - least, wanted);
        BigDecimal unit = BigDecimal.valueOf(Math.floor(least / step.doubleValue()));
        double from = unit.multiply(step).doubleValue();
        double to = Math.ceil(end / step.doubleValue()) * step.doubleValue();
        return new Axis(from, to, false, ticks(from, to, step));
    }

    /** From and to these whole numbers, as those of iterations; ticks are round ones between them. */
    static Axis ofCounts(double least, double most, int wanted) {
        double end = least == most ? least + Math.max(1, Math.abs(least)) : most;
        return new Axis(
                least, end, false, ticks(least, end, step(end - least, wanted).max(BigDecimal.ONE)));
    }

    /** From and to 1, 2 or 5 times a power of ten; where there are too many of these, ticks are at powers alone. */
    static Axis logarithmic(double least, double most, int wanted) {
        int low = (int) Math.floor(Math.log10(least)) - 1;
        int high = (int) Math.ceil(Math.log10(most)) + 1;
        List<Double> all = new ArrayList<>();
        for (int power = low; power <= high; power++) {
            for (int digit : new int[] {1, 2, 5}) {
                all.add(BigDecimal.valueOf(digit, -power).doubleValue());
            }
        }
        double from =
                all.stream().filter(value -> value <= least).reduce((a, b) -> b).orElseThrow();
        double to = all.stream()
                .filter(value -> value >= most && value > from)
                .findFirst()
                .orElseThrow();
        List<Double> ticks = new ArrayList<>(
                all.stream().filter(value -> value >= from && value <= to).toList());
        if (ticks.size() > wanted + 2) {
            List<Double> powers = IntStream.rangeClosed(low, high)
                    .mapToObj(power -> BigDecimal.valueOf(1, -power).doubleValue())
                    .filter(value -> value >= from && value <= to)
                    .toList();
            int every = (powers.size() + wanted - 1) / wanted;
            ticks.clear();
            for (int i = 0; i < powers.size(); i += every) {
                ticks.add(powers.get(i));
            }
        }
        return new Axis(from, to, true, ticks);
    }

    /** 1, 2 or 5 times a power of ten, such that about as many as wanted make the range. */
    private static BigDecimal step(double range, int wanted) {
        double rough = range / wanted;
        int power = (int) Math.floor(Math.log10(rough));
        for (double digit : STEPS) {
            BigDecimal step = BigDecimal.valueOf((long) digit, -power);
            if (step.doubleValue() >= rough * 0.999) {
                return step;
            }
        }
        return BigDecimal.valueOf(1, -power - 1);
    }

    private static List<Double> ticks(double from, double to, BigDecimal step) {
        List<Double> ticks = new ArrayList<>();
        double size = step.doubleValue();
        double first = Math.ceil(from / size - 1e-9);
        for (int i = 0; i < MOST_TICKS && (first + i) * size <= to + 1e-9 * size; i++) {
            // a product of decimals, so that a tick at 0.3 is that double
            ticks.add(BigDecimal.valueOf(first + i).multiply(step).doubleValue());
        }
        return ticks;
    }

    /** Where a value lies: 0 at the start of the axis, 1 at its end; values beyond are taken to the end. */
    public double place(double value) {
        double place = logarithmic
                ? (Math.log(Math.max(value, from)) - Math.log(from)) / (Math.log(to) - Math.log(from))
                : (value - from) / (to - from);
        return Math.max(0, Math.min(1, place));
    }
}
