package io.github.layerc.spec.text;

import java.util.List;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What the spec says, before it means anything: a tree of scalars, lists and mappings with their places. */
public sealed interface YamlNode {

    int SHOWN_LENGTH = 60;

    Position position();

    /** The node as an error message shows it, on one line. */
    String shown();

    /**
     * A single value.
     *
     * @param type the type that the core schema of YAML 1.2 gives it: string, integer, null, ...
     * @param plain whether it stands without quotes
     */
    record Scalar(Position position, String text, Tag type, boolean plain) implements YamlNode {
        public boolean isString() {
            return type.equals(Tag.STR);
        }

        @Override
        public String shown() {
            if (plain && text.isEmpty()) {
                return "null";
            }
            String visible = visible(text, SHOWN_LENGTH);
            return plain ? visible : '"' + visible + '"';
        }
    }

    /** A list. */
    record Sequence(Position position, List<YamlNode> items) implements YamlNode {
        @Override
        public String shown() {
            boolean scalars = items.stream().allMatch(Scalar.class::isInstance);
            String whole = scalars && items.size() < SHOWN_LENGTH
                    ? items.stream().map(YamlNode::shown).collect(Collectors.joining(", ", "[", "]"))
                    : "[...]";
            return whole.length() <= SHOWN_LENGTH ? whole : "[...]";
        }
    }

    /** Keys with values, in the order of the file, equal keys included. */
    record Mapping(Position position, List<Entry> entries) implements YamlNode {
        @Override
        public String shown() {
            return entries.isEmpty() ? "{}" : "{...}";
        }
    }

    /** A key with its value. */
    record Entry(YamlNode key, YamlNode value) {}

    /** Text for an error message: on one line, nothing in it that a terminal hides or obeys, cut to a number of characters. */
    static String visible(String text, int length) {
        String start =
                text.codePoints().limit(length).mapToObj(YamlNode::visible).collect(Collectors.joining());
        return text.codePointCount(0, text.length()) > length ? start + "..." : start;
    }

    private static String visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> String.format("\\u%04X", c);
            default -> Character.toString(c);
        };
    }
}
