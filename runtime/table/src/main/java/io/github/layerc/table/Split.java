package io.github.layerc.table;

import java.util.Locale;

/**
 * Which rows a test is made with.
 *
 * @param kind how they are chosen
 * @param column that says the group or the time of a row; empty for other kinds. It need not be one that the network reads
 * @param test share of the rows, above 0 and below 1
 * @param seed of the draw
 */
public record Split(Kind kind, String column, double test, long seed) {
    /** Share of the rows that a test has unless something else is said. */
    public static final double USUAL_SHARE = 0.2;

    /** How rows are chosen. */
    public enum Kind {
        /** Any rows. */
        RANDOM,
        /** As many of each class, in proportion. */
        STRATIFIED,
        /** All rows with the same value of a column, or none. */
        GROUP,
        /** Those with the largest values of a column, as of a date: what comes later. */
        TIME;

        /** The word in the spec. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a column says which rows belong together. */
        public boolean hasColumn() {
            return this == GROUP || this == TIME;
        }
    }

    public Split {
        if (!(test > 0 && test < 1)) {
            throw new IllegalArgumentException("share of the test must be above 0 and below 1: test=" + test);
        }
        if (kind.hasColumn() == column.isEmpty()) {
            throw new IllegalArgumentException(
                    "a column goes with group and time: kind=" + kind.keyword() + ", column=" + column);
        }
    }

    /** Without a column. */
    public static Split of(Kind kind, double test, long seed) {
        return new Split(kind, "", test, seed);
    }

    /** What is done where nothing is said. */
    public static Split usual(boolean classifies) {
        return of(classifies ? Kind.STRATIFIED : Kind.RANDOM, USUAL_SHARE, 1);
    }
}
