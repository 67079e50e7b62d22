package io.github.layerc.network;

/**
 * What a loss takes as targets. Each rule says which targets stand for a class, too: that of a unit whose class a sample is of, and that of all other
 * units; one unit alone has the second for class 0 and the first for class 1.
 */
public enum TargetRule {
    /** How much there is of each class in a sample, whatever there is of others. */
    SHARES("targets from 0 to 1", Meaning.PROBABILITIES, 0),

    /** How much there is of each class in a sample that is all of them together: a derivative {@code a - y} of softmax holds for a sum of 1 only. */
    SHARES_OF_ONE("targets from 0 to 1", Meaning.PROBABILITIES, 0),

    /** On which side of the boundary of each class a sample is. */
    SIDES("targets -1 or 1", Meaning.MARGINS, -1),

    COUNTS("finite targets of at least 0", Meaning.AMOUNTS, 0),

    NUMBERS("finite targets", Meaning.AMOUNTS, 0);

    /** What an output is that is trained with such targets. */
    private enum Meaning {
        PROBABILITIES,
        MARGINS,
        AMOUNTS
    }

    /** Sums of doubles that were meant to be 1 are that close to it. */
    private static final double SUM_TOLERANCE = 1e-6;

    private static final double OWN_CLASS = 1;

    private final String text;
    private final Meaning meaning;
    private final double otherClass;

    TargetRule(String text, Meaning meaning, double otherClass) {
        this.text = text;
        this.meaning = meaning;
        this.otherClass = otherClass;
    }

    /** In words for messages, that follow {@code takes}. */
    public String text() {
        return text;
    }

    /** Whether {@code y} can be a target. */
    public boolean accepts(double y) {
        if (this == SIDES) {
            return y == otherClass || y == OWN_CLASS;
        }
        double least = this == NUMBERS ? Double.NEGATIVE_INFINITY : 0;
        double most = this == SHARES || this == SHARES_OF_ONE ? 1 : Double.POSITIVE_INFINITY;
        return y >= least && y <= most && Double.isFinite(y);
    }

    /** Whether the targets of a sample can have this sum. */
    public boolean acceptsSum(double sum) {
        return this != SHARES_OF_ONE || Math.abs(sum - 1) <= SUM_TOLERANCE;
    }

    /** Whether targets stand for classes, so that outputs are right or wrong; those of a regression are more or less so. */
    public boolean classifies() {
        return meaning != Meaning.AMOUNTS;
    }

    /** Whether outputs are probabilities of classes; else they only have an order. */
    public boolean probabilities() {
        return meaning == Meaning.PROBABILITIES;
    }

    /** The target of a unit. */
    public double of(boolean ownClass) {
        return ownClass ? OWN_CLASS : otherClass;
    }

    /** One output alone stands for class 1 where it is greater than this, half way between the targets of the two classes. */
    public double threshold() {
        return (OWN_CLASS + otherClass) / 2;
    }
}
