package io.github.layerc.schedule;

/** An axis of a product, with the name of its loop variable. */
public enum Axis {
    SAMPLES("s", "sample"),
    UNITS("u", "unit"),
    INPUTS("i", "input");

    private final String variable;
    private final String noun;

    Axis(String variable, String noun) {
        this.variable = variable;
        this.noun = noun;
    }

    public String variable() {
        return variable;
    }

    public String singular() {
        return noun;
    }

    public String plural(int number) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** The plural, at the start of a sentence. */
    public String title() {
        return Character.toUpperCase(noun.charAt(0)) + noun.substring(1) + "s";
    }

    @Override
    public String toString() {
        return noun + "s";
    }
}
