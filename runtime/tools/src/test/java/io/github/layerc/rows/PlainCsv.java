package io.github.layerc.rows;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A reader of RFC 4180 that shares nothing with the one it is compared with, and knows nothing of speed: all characters at once, one after the other. */
final class PlainCsv {
    private final String text;
    private final char separator;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private int at;

    private PlainCsv(String text) {
        this.text = text;
        this.separator = separator(text);
    }

    /** The fields of all lines that are not empty; nothing where it is no such text. */
    static Optional<PlainCsv> read(byte... bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            PlainCsv csv = new PlainCsv(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return csv.parse() ? Optional.of(csv) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    List<List<String>> rows() {
        return rows;
    }

    char separator() {
        return separator;
    }

    /** That of which the first line that is not blank has most. */
    private static char separator(String text) {
        int quotes = 0;
        StringBuilder line = new StringBuilder();
        boolean blank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quotes += c == '"' ? 1 : 0;
            boolean within = quotes % 2 == 1;
            if (!within && (c == '\n' || c == '\r') && !blank) {
                break;
            }
            blank &= Character.isWhitespace(c);
            line.append(within ? 'x' : c);
        }
        char best = ',';
        for (char each : ";\t|".toCharArray()) {
            best = count(line, each) > count(line, best) ? each : best;
        }
        return best;
    }

    private static long count(CharSequence line, char c) {
        return line.chars().filter(each -> each == c).count();
    }

    private boolean parse() {
        while (at < text.length()) {
            String field = "";
            boolean quoted = text.charAt(at) == '"';
            if (quoted) {
                StringBuilder unquoted = new StringBuilder();
                at++;
                while (true) {
                    int end = text.indexOf('"', at);
                    if (end < 0) {
                        return false;
                    }
                    unquoted.append(text, at, end);
                    at = end + 1;
                    if (at >= text.length() || text.charAt(at) != '"') {
                        break;
                    }
                    unquoted.append('"');
                    at++;
                }
                field = unquoted.toString();
                if (at < text.length() && !isEnd(text.charAt(at))) {
                    return false;
                }
            } else {
                int start = at;
                while (at < text.length() && !isEnd(text.charAt(at))) {
                    at++;
                }
                field = text.substring(start, at);
            }
            add(field, quoted);
        }
        return true;
    }

    private boolean isEnd(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    /** Adds a field, and goes past what is behind it. */
    private void add(String field, boolean quoted) {
        row.add(field);
        if (at < text.length() && text.charAt(at) == separator) {
            at++;
            if (at == text.length()) {
                row.add("");
                endRow(true);
            }
            return;
        }
        at += text.startsWith("\r\n", at) ? 2 : 1;
        endRow(quoted);
    }

    private void endRow(boolean quoted) {
        if (quoted || !row.equals(List.of(""))) {
            rows.add(row);
        }
        row = new ArrayList<>();
    }

    /** A number with digits and point as every reader takes it; NaN for none. */
    double number(String field) {
        String point = separator == ';' || separator == '\t' ? "," : ".";
        return Stream.of(field.strip(), field.strip().replace(".", "x").replace(point, "."))
                .filter(each -> each.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?"))
                .map(Double::valueOf)
                .findFirst()
                .orElse(Double.NaN);
    }
}
