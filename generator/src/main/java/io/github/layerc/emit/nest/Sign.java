package io.github.layerc.emit.nest;

/** What Java writes between two numbers. */
public enum Sign {
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    BY("/"),
    MODULO("%"),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    SHIFT("<<");

    private final String text;

    Sign(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
