package io.github.layerc.data;

import java.util.Locale;

/** Text from a file as it may be printed: one line, that can neither steer a terminal nor turn the order of what follows. */
public final class Printable {
    private Printable() {}

    /**
     * Control characters, line ends, characters that have no shape of their own (as those that turn the direction of writing), halves of
     * pairs and characters without a meaning become escapes as in Java: {@code ESC[31m} becomes {@code \u001b[31m}.
     */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.PRIVATE_USE,
                        Character.UNASSIGNED -> {
                    for (char half : Character.toChars(c)) {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
                    }
                }
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** The first characters of a text that a file can make as long as it likes. */
    public static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }
}
