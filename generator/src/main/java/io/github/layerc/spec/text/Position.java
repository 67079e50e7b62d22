package io.github.layerc.spec.text;

import org.snakeyaml.engine.v2.exceptions.Mark;

/** A place in a spec; line and column count from 1, columns in code points. */
public record Position(int line, int column) {
    public static final Position START = new Position(1, 1);

    public static Position of(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The place behind {@code text}, if that starts the file. */
    public static Position behind(String text) {
        int lineStart = 0;
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean crBeforeLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if ((c == '\n' || c == '\r') && !crBeforeLf) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, text.codePointCount(lineStart, text.length()) + 1);
    }
}
