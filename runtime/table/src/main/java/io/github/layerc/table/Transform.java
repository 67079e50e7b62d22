package io.github.layerc.table;

import io.github.layerc.network.kind.Definition;
import io.github.layerc.network.kind.Kind;
import io.github.layerc.network.kind.Setting;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What is done with the values of a column before the network sees them: {@code (f(x) - center) / scale}, where {@code f} is fixed, and center and scale are taken
 * from the training rows. Formulas and corner cases are those of scikit-learn's transformers, which each constant names. Two with the same keyword and
 * settings are equal.
 *
 * <p>To add one: a constant and a method here, its name in {@link #all()}, its words in the schema, a case in {@code table-reference.py}.
 */
public final class Transform extends Kind<Transform> {
    /** The number as it is. */
    public static final Transform NONE = new Transform(
            Definition.of("none"), EnumSet.allOf(ColumnKind.class), Shape.LINEAR, values -> Line.IDENTITY);

    /** {@link #scale} by 1. */
    public static final Transform SCALE = scale(1);

    /**
     * {@code (x - mean) / sd}, the variance by the number of the rows: StandardScaler. Of a column that does not vary sd is taken for 1; that is one whose variance is no
     * larger than rounding makes it, {@code n eps var + (n mean eps)^2}.
     */
    public static final Transform STANDARDIZE = new Transform(
            Definition.of("standardize"),
            EnumSet.of(ColumnKind.NUMBER, ColumnKind.BOOLEAN),
            Shape.LINEAR,
            Statistics::standard);

    /** {@code (x - min) / (max - min)}: MinMaxScaler. Of a column that does not vary the range is taken for 1. */
    public static final Transform MIN_MAX =
            new Transform(Definition.of("min_max"), EnumSet.of(ColumnKind.NUMBER), Shape.LINEAR, Statistics::range);

    /** {@code (x - median) / (third quartile - first quartile)}, quartiles interpolated linearly: RobustScaler. Where they are equal, 1 takes their place. */
    public static final Transform ROBUST =
            new Transform(Definition.of("robust"), EnumSet.of(ColumnKind.NUMBER), Shape.LINEAR, Statistics::quartiles);

    /** {@code log(1 + x)} of numbers above -1. */
    public static final Transform LOG1P = new Transform(
            Definition.of("log1p"), EnumSet.of(ColumnKind.NUMBER), Shape.LOGARITHM, values -> Line.IDENTITY);

    /** {@link #LOG1P}, then {@link #STANDARDIZE} of what that makes. */
    public static final Transform LOG1P_STANDARDIZE = new Transform(
            Definition.of("log1p_standardize"), EnumSet.of(ColumnKind.NUMBER), Shape.LOGARITHM, Statistics::standard);

    /** One input for each category: 1 for that of the row and 0 for the others, OneHotEncoder. */
    public static final Transform ONE_HOT = new Transform(
            Definition.of("one_hot"), EnumSet.of(ColumnKind.CATEGORY), Shape.ONE_FOR_EACH, values -> Line.IDENTITY);

    /** The place of the category among those of the spec, from 0 on: OrdinalEncoder. */
    public static final Transform ORDINAL = new Transform(
            Definition.of("ordinal"), EnumSet.of(ColumnKind.CATEGORY), Shape.LINEAR, values -> Line.IDENTITY);

    /** What a value becomes before it is centered and scaled, for code that does the same elsewhere. */
    public enum Shape {
        /** The number as it is. */
        LINEAR,
        /** {@code log(1 + x)}. */
        LOGARITHM,
        /** An input for each category, of a place that stays as it is. */
        ONE_FOR_EACH
    }

    private final Set<ColumnKind> kinds;
    private final Shape shape;
    private final Function<double[], Line> fit;

    private Transform(
            Definition<Transform> definition, Set<ColumnKind> kinds, Shape shape, Function<double[], Line> fit) {
        super(definition);
        this.kinds = kinds;
        this.shape = shape;
        this.fit = fit;
    }

    /**
     * {@code factor x}.
     *
     * @param factor finite and not 0, nor so small that its reciprocal is infinite
     */
    public static Transform scale(double factor) {
        return new Transform(
                Definition.of(
                        "scale",
                        values -> scale(values.get(0)),
                        new Setting(
                                "factor",
                                factor,
                                value -> Double.isFinite(value) && value != 0 && Double.isFinite(1 / value),
                                "must be finite and not zero")),
                EnumSet.of(ColumnKind.NUMBER),
                Shape.LINEAR,
                values -> new Line(0, 1 / factor));
    }

    /** All that there are, with their usual settings. */
    public static List<Transform> all() {
        return List.of(NONE, SCALE, STANDARDIZE, MIN_MAX, ROBUST, LOG1P, LOG1P_STANDARDIZE, ONE_HOT, ORDINAL);
    }

    /** What a column has where a spec says nothing. */
    public static Transform usual(ColumnKind kind) {
        return kind == ColumnKind.CATEGORY ? ONE_HOT : NONE;
    }

    /** Whether columns of a kind can have it. */
    public boolean goesWith(ColumnKind kind) {
        // words have no size of their own
        return kinds.contains(kind) && !(kind == ColumnKind.CATEGORY && equals(NONE));
    }

    /** Whether targets of a regression can have it: numbers, and there is a way back. */
    public boolean goesWithTargets() {
        return goesWith(ColumnKind.NUMBER);
    }

    /** Which {@link #inner} it is. */
    public Shape shape() {
        return shape;
    }

    /** Whether {@link #inner} changes numbers. */
    public boolean hasInner() {
        return switch (shape) {
            case LINEAR, ONE_FOR_EACH -> false;
            case LOGARITHM -> true;
        };
    }

    /** Whether there is an input for each category. */
    public boolean oneForEach() {
        return shape == Shape.ONE_FOR_EACH;
    }

    /** Whether it is defined at {@code x}; NaN, for a missing value, always is. */
    public boolean accepts(double x) {
        return switch (shape) {
            case LINEAR, ONE_FOR_EACH -> true;
            case LOGARITHM -> !(x <= -1);
        };
    }

    /** What {@link #accepts} asks for, in words. */
    public String domain() {
        return switch (shape) {
            case LINEAR, ONE_FOR_EACH -> "a number";
            case LOGARITHM -> "a number above -1";
        };
    }

    /** The fixed part. */
    public double inner(double x) {
        return switch (shape) {
            case LINEAR, ONE_FOR_EACH -> x;
            case LOGARITHM -> Math.log1p(x);
        };
    }

    /** The number of which {@link #inner} makes {@code y}. */
    public double undoInner(double y) {
        return switch (shape) {
            case LINEAR, ONE_FOR_EACH -> y;
            case LOGARITHM -> Math.expm1(y);
        };
    }

    /**
     * Center and scale of training values, none of them missing.
     *
     * @param values at least one, finite, what {@link #inner} makes of those of the rows
     */
    public Line fit(double... values) {
        return fit.apply(values);
    }

    /** What several transformations need of numbers. */
    static final class Statistics {
        private static final double EPSILON = Math.ulp(1.0);

        private Statistics() {}

        static double mean(double... values) {
            Sum sum = new Sum();
            for (double value : values) {
                sum.add(value);
            }
            return sum.value() / values.length;
        }

        static Line standard(double... values) {
            double mean = mean(values);
            Sum squares = new Sum();
            for (double value : values) {
                squares.add((value - mean) * (value - mean));
            }
            double variance = squares.value() / values.length;
            double n = values.length;
            double rounding = n * EPSILON * variance + Math.pow(n * mean * EPSILON, 2);
            return new Line(mean, variance <= rounding ? 1 : Math.sqrt(variance));
        }

        static Line range(double... values) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (double value : values) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            return new Line(min, orOne(max - min));
        }

        static Line quartiles(double... values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Line(quantile(sorted, 0.5), orOne(quantile(sorted, 0.75) - quantile(sorted, 0.25)));
        }

        static double median(double... values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return quantile(sorted, 0.5);
        }

        /** Between the two values around the place {@code share (n - 1)}. */
        private static double quantile(double[] sorted, double share) {
            double place = share * (sorted.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            // halves before the difference, which may not fit
            return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        }

        private static double orOne(double range) {
            return range < 10 * EPSILON ? 1 : range;
        }

        /** With the lost digits carried along (Neumaier), so that a million rows cost none. */
        private static final class Sum {
            private double sum;
            private double lost;

            void add(double value) {
                double next = sum + value;
                lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
                sum = next;
            }

            double value() {
                return sum + lost;
            }
        }
    }
}
