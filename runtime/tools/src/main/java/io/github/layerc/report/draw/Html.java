package io.github.layerc.report.draw;

import io.github.layerc.data.Printable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML and SVG, element by element. What it writes is well-formed XML, too: every element that was opened is closed, and every text and value of
 * an attribute is escaped, whatever it holds. There is no way to write markup that is not checked here.
 *
 * <p>Attributes are names and values by turns; a value that is a double becomes a coordinate, which must be finite.
 */
public final class Html {
    /** A line end behind these changes nothing that can be seen, and makes the source readable. */
    private static final Set<String> BLOCKS = Set.of(
            "html", "head", "body", "title", "style", "header", "main", "footer", "section", "h1", "h2", "h3", "p",
            "div", "dl", "dd", "table", "caption", "thead", "tbody", "tr", "figure", "ul", "li", "pre", "svg", "g",
            "path");

    private static final String IN_TEXT = "&<>";

    /** A style sheet is a text, and takes its quotes as they are. */
    private static final String IN_ATTRIBUTES = IN_TEXT + "\"";

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** The line that a document of HTML starts with. */
    public Html doctype() {
        out.append("<!DOCTYPE html>\n");
        return this;
    }

    /** Starts an element, which {@link #close()} ends. */
    public Html open(String tag, Object... attributes) {
        start(tag, attributes);
        out.append('>');
        open.push(tag);
        return this;
    }

    /** Ends the element that was opened last. */
    public Html close() {
        String tag = open.pop();
        out.append("</").append(tag).append('>').append(BLOCKS.contains(tag) ? "\n" : "");
        return this;
    }

    /** An element that has no content: {@code img}, {@code meta}, shapes of SVG. */
    public Html empty(String tag, Object... attributes) {
        start(tag, attributes);
        out.append("/>").append(BLOCKS.contains(tag) ? "\n" : "");
        return this;
    }

    /** An element that holds a text. */
    public Html element(String tag, String text, Object... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Text within the element that is open; line ends stay, other characters that steer become visible. */
    public Html text(String text) {
        escape(text, IN_TEXT);
        return this;
    }

    private void start(String tag, Object... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("attributes must be names and values by turns: element=" + tag);
        }
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            out.append(' ').append(attributes[i]).append("=\"");
            escape(value instanceof Double number ? Numbers.coordinate(number) : value.toString(), IN_ATTRIBUTES);
            out.append('"');
        }
    }

    private void escape(String text, String steering) {
        // a picture is a long text of harmless characters
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c == '\n' || (c >= ' ' && c < 127 && steering.indexOf(c) < 0);
            if (!plain) {
                int length = Character.charCount(text.codePointAt(i));
                out.append(text, from, i).append(escaped(text.substring(i, i + length)));
                i += length - 1;
                from = i + 1;
            }
        }
        out.append(text, from, text.length());
    }

    private static String escaped(String character) {
        return switch (character) {
            case "&" -> "&amp;";
            case "<" -> "&lt;";
            case ">" -> "&gt;";
            case "\"" -> "&quot;";
            case "\t" -> "    ";
            default -> Printable.escape(character);
        };
    }

    /**
     * All that was written.
     *
     * @throws IllegalStateException if an element is still open
     */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("elements must be closed: open=" + open);
        }
        return out.toString();
    }
}
