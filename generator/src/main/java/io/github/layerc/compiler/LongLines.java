package io.github.layerc.compiler;

/**
 * Breaks lines of code that are too long where a person would: in front of a call of a chain, behind a comma, around an operator; as far outside of
 * parentheses as there is such a place. What continues a line stands two steps to its right.
 *
 * <pre>
 * input.fma(delta, load(into, at)).intoArray(into, at);      ->      input.fma(delta, load(into, at))
 *                                                                            .intoArray(into, at);
 * </pre>
 */
final class LongLines {
    private static final String CONTINUED = " ".repeat(8);

    private final int most;

    /** @param most characters of a line */
    LongLines(int most) {
        this.most = most;
    }

    /** A line of code as some of at most that length, as far as it has places to be broken; a comment behind it is put above. */
    String broken(String line) {
        if (line.length() <= most) {
            return line;
        }
        String indentation =
                line.substring(0, line.length() - line.stripLeading().length());
        int comment = comment(line);
        if (comment > indentation.length()) {
            return indentation + line.substring(comment) + "\n"
                    + broken(line.substring(0, comment).stripTrailing());
        }
        StringBuilder out = new StringBuilder();
        String rest = line;
        int at = comment < 0 ? place(rest) : 0;
        while (at > 0) {
            out.append(rest.substring(0, at).stripTrailing()).append('\n');
            rest = indentation + CONTINUED + rest.substring(at).stripLeading();
            at = rest.length() > most ? place(rest) : 0;
        }
        return out.append(rest).toString();
    }

    /** Where a comment starts, -1 for none. */
    private static int comment(String line) {
        boolean text = false;
        for (int i = 0; i + 1 < line.length(); i++) {
            text ^= quote(line, i);
            if (!text && line.startsWith("//", i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean quote(String line, int at) {
        return line.charAt(at) == '"' && (at == 0 || line.charAt(at - 1) != '\\');
    }

    /** The last of the outermost places, 0 if there is none. */
    private int place(String line) {
        int first = line.length() - line.stripLeading().length();
        int best = 0;
        int bestDepth = Integer.MAX_VALUE;
        int depth = 0;
        boolean text = false;
        for (int i = first; i < most; i++) {
            text ^= quote(line, i);
            if (text) {
                continue;
            }
            char c = line.charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (i > first && depth <= bestDepth && isPlace(line, i)) {
                best = i;
                bestDepth = depth;
            }
        }
        return best;
    }

    private static boolean isPlace(String line, int at) {
        return line.startsWith(", ", at - 1)
                || line.startsWith(").", at - 1)
                || line.startsWith("? ", at)
                || line.startsWith(": ", at)
                || line.startsWith("+ ", at)
                || line.startsWith("* ", at);
    }
}
