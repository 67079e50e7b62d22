package io.github.layerc.rows;

import io.github.layerc.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The attribute-relation file format of Weka: {@code @attribute} lines with the names of the columns, then {@code @data} and a row a line, values separated by commas, a question mark where
 * one is missing. Texts may stand in single or double quotes, in which a backslash quotes the next character. Sparse rows are refused.
 */
record ArffFile(Path path) implements RowFile {

    @Override
    public RowCursor open() {
        return TextInput.read(path, in -> new TextCursor(new Rows(path, new BufferedReader(in))));
    }

    private static final class Rows implements RowSource {
        private final Path path;
        private final BufferedReader in;
        private final List<String> columns = new ArrayList<>();
        private Fields fields = new Fields();
        private long line;

        Rows(Path path, BufferedReader in) {
            this.path = path;
            this.in = in;
            boolean data = false;
            while (!data) {
                String text = nextLine();
                if (text == null) {
                    throw DataException.of(
                            path,
                            "no rows",
                            "@attribute lines, then @data",
                            line == 0 ? "an empty file" : "the end of the file");
                }
                String word = text.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
                switch (word) {
                    case "@relation" -> {}
                    case "@attribute" -> columns.add(attribute(text.substring(word.length())));
                    case "@data" -> data = true;
                    default ->
                        throw DataException.of(place(), "not a line of ARFF", "@relation, @attribute or @data", text);
                }
            }
            if (columns.isEmpty()) {
                throw DataException.of(place(), "no columns", "@attribute lines before @data", "none");
            }
            DelimitedFile.requireDifferent(path.toString(), columns);
        }

        private String place() {
            return path + ":" + line;
        }

        /** The next line that says something, without blanks around it; null behind the last one. */
        private String nextLine() {
            try {
                for (String text = in.readLine(); text != null; text = in.readLine()) {
                    line++;
                    String stripped = text.strip();
                    if (!stripped.isEmpty() && !stripped.startsWith("%")) {
                        return stripped;
                    }
                }
                return null;
            } catch (IOException e) {
                throw TextInput.failure(path, line, e);
            }
        }

        private String attribute(String text) {
            String rest = text.strip();
            if (rest.startsWith("'") || rest.startsWith("\"")) {
                int end = rest.indexOf(rest.charAt(0), 1);
                if (end < 0) {
                    throw DataException.of(place(), "not a name", "a closing quote", rest);
                }
                return rest.substring(1, end);
            }
            return rest.split("\\s+", 2)[0];
        }

        @Override
        public List<String> columns() {
            return columns;
        }

        @Override
        public char point() {
            return '.';
        }

        @Override
        public boolean read(Fields some) {
            fields = some;
            boolean more = true;
            while (more && !fields.isFull()) {
                more = next();
            }
            return more;
        }

        private boolean next() {
            String text = nextLine();
            if (text == null) {
                return false;
            }
            if (text.startsWith("{")) {
                throw DataException.of(place(), "a sparse row", "a value for each column", text);
            }
            fields.begin(line);
            split(text);
            if (fields.count() != columns.size()) {
                throw DataException.of(
                        place(), "a row must have a field for each column", columns.size() + " fields", fields.count());
            }
            fields.end(columns.size());
            return true;
        }

        private void split(String text) {
            StringBuilder field = new StringBuilder();
            char quote = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '\\' && i + 1 < text.length()) {
                    field.append(text.charAt(++i));
                } else if (quote == 0
                        && (c == '\'' || c == '"')
                        && field.toString().isBlank()) {
                    quote = c;
                    field.setLength(0);
                } else if (quote != 0 && c == quote) {
                    quote = 0;
                } else if (quote == 0 && c == ',') {
                    add(field);
                } else {
                    field.append(c);
                }
            }
            if (quote != 0) {
                throw DataException.of(place(), "not a row of a table", "a closing quote", text);
            }
            add(field);
        }

        private void add(StringBuilder field) {
            char[] text = field.toString().toCharArray();
            int start = fields.used();
            fields.append(text, 0, text.length);
            fields.add(start, fields.used());
            field.setLength(0);
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw TextInput.failure(path, line, e);
            }
        }
    }
}
