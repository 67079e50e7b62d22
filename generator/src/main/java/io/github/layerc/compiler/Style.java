package io.github.layerc.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What JavaPoet does not offer: documentation of one line on one line, constants without empty lines between them, and lines that fit, of code and
 * of documentation.
 */
final class Style {
    private static final String CONSTANT = "    private static final int ";

    private static final int SHORT = 105;

    /** What JavaPoet puts in front of a parameter on a line of its own. */
    private static final String CONTINUED = " ".repeat(12);

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
        List<String> lines = List.of(text.split("\\n", -1));
        text = fit(unwrapped(withConstantsTogether(withShortDocumentation(lines))));
        StringBuilder out = new StringBuilder(text);
        int at = 0;
        for (String each : marks) {
            at = out.indexOf(PLACE, at);
            out.replace(at, at + PLACE.length(), each);
        }
        return out.toString();
    }

    private static List<String> withShortDocumentation(List<String> lines) {
        List<String> out = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean opens = line.endsWith("/**") && line.strip().length() == 3 && i + 2 < lines.size();
            String words = opens ? documentation(lines.get(i + 1)) : "";
            if (!words.isEmpty()
                    && words.length() <= SHORT
                    && lines.get(i + 2).strip().equals("*/")) {
                out.add(line + " " + words + " */");
                i += 2;
            } else {
                out.add(line);
            }
        }
        return out;
    }

    /** The words of a line of documentation; empty for any other. */
    private static String documentation(String line) {
        String text = line.stripLeading();
        return text.startsWith("* ") ? text.substring(2) : "";
    }

    private static List<String> withConstantsTogether(List<String> lines) {
        List<String> out = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            boolean between = lines.get(i).isEmpty()
                    && i > 0
                    && i + 1 < lines.size()
                    && lines.get(i - 1).startsWith(CONSTANT)
                    && lines.get(i - 1).endsWith(";")
                    && lines.get(i + 1).startsWith(CONSTANT);
            if (!between) {
                out.add(lines.get(i));
            }
        }
        return out;
    }

    /** JavaPoet breaks the head of a method at 100 characters; what fits a line goes on one. */
    private static List<String> unwrapped(List<String> lines) {
        List<String> out = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
            boolean head = line.endsWith(",") && next.startsWith(CONTINUED) && next.endsWith(") {");
            String rest = next.stripLeading();
            if (head
                    && next.length() - rest.length() == CONTINUED.length()
                    && line.length() + 1 + rest.length() <= LINE) {
                out.add(line + " " + rest);
                i++;
            } else {
                out.add(line);
            }
        }
        return out;
    }

    /** Breaks lines that are too long: those of documentation between words, but no tables. */
    private static String fit(List<String> source) {
        LongLines lines = new LongLines(LINE);
        StringBuilder out = new StringBuilder();
        boolean table = false;
        for (String line : source) {
            table = (table || line.contains("<pre>")) && !line.contains("</pre>");
            int words = line.length() - documentation(line).length();
            boolean documentation = words < line.length();
            String rest = documentation ? line : lines.broken(line);
            if (documentation && !table) {
                while (rest.length() > LINE && rest.lastIndexOf(' ', LINE) > words) {
                    int at = rest.lastIndexOf(' ', LINE);
                    out.append(rest, 0, at).append('\n');
                    rest = line.substring(0, words) + rest.substring(at + 1);
                }
            }
            out.append(rest).append('\n');
        }
        return out.substring(0, out.length() - 1);
    }
}
