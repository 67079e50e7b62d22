package io.github.layerc.compiler;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JavaPoet does not offer: documentation of one line on one line, constants without empty lines between them, and lines that fit, of code and
 * of documentation.
 */
final class Style {
    private static final Pattern SHORT_DOCUMENTATION = Pattern.compile("(?m)^( *)/\\*\\*\\n *\\* (.{1,105})\\n *\\*/$");

    private static final Pattern CONSTANTS = Pattern.compile(
            "(?m)^(    private static final int \\w+ = [^\\n]*;)\\n\\n(?=    private static final int )");

    private static final Pattern WRAPPED_HEAD = Pattern.compile(",\\n {12}(?=\\S[^\\n]*\\) \\{\\n)");

    private static final Pattern DOCUMENTATION = Pattern.compile("^ *\\* ");

    private static final int LINE = 120;

    /** As long as most numbers that stand where a mark was. */
    private static final String PLACE = "\uE000000";

    private Style() {}

    /** @param mark what stands in the text for numbers that are not known yet */
    static String tidy(String source, Pattern mark) {
        List<String> marks = new ArrayList<>();
        String text = mark.matcher(source).replaceAll(match -> {
            marks.add(match.group());
            return PLACE;
        });
        text = SHORT_DOCUMENTATION.matcher(text).replaceAll("$1/** $2 */");
        text = CONSTANTS.matcher(text).replaceAll("$1\n");
        text = fit(unwrap(text));
        Iterator<String> next = marks.iterator();
        return Pattern.compile(PLACE).matcher(text).replaceAll(place -> Matcher.quoteReplacement(next.next()));
    }

    /** Breaks lines that are too long: those of documentation between words, but no tables. */
    private static String fit(String text) {
        LongLines lines = new LongLines(LINE);
        StringBuilder out = new StringBuilder();
        boolean table = false;
        for (String line : text.split("\\n", -1)) {
            table = (table || line.contains("<pre>")) && !line.contains("</pre>");
            Matcher prefix = DOCUMENTATION.matcher(line);
            boolean documentation = prefix.find();
            String rest = documentation ? line : lines.broken(line);
            if (documentation && !table) {
                while (rest.length() > LINE && rest.lastIndexOf(' ', LINE) > prefix.end()) {
                    int at = rest.lastIndexOf(' ', LINE);
                    out.append(rest, 0, at).append('\n');
                    rest = prefix.group() + rest.substring(at + 1);
                }
            }
            out.append(rest).append('\n');
        }
        return out.substring(0, out.length() - 1);
    }

    /** JavaPoet breaks the head of a method at 100 characters; what fits a line goes on one. */
    private static String unwrap(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        Matcher matcher = WRAPPED_HEAD.matcher(text);
        while (matcher.find()) {
            int lineStart = text.lastIndexOf('\n', matcher.start()) + 1;
            int lineEnd = text.indexOf('\n', matcher.end());
            int length = matcher.start() - lineStart + 2 + lineEnd - matcher.end();
            out.append(text, from, matcher.start()).append(length <= LINE ? ", " : matcher.group());
            from = matcher.end();
        }
        return out.append(text, from, text.length()).toString();
    }
}
