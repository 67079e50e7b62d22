package io.github.layerc.emit.nest;

/** What Java writes in front of a value. */
public enum Prefix {
    MINUS("-"),
    NOT("!"),
    WIDENED("(double) "),
    NARROWED("(float) ");

    private final String text;

    Prefix(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
