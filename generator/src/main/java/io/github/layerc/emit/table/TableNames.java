package io.github.layerc.emit.table;

import io.github.layerc.network.Network;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.ColumnNames;
import io.github.layerc.table.Label;
import io.github.layerc.table.Table;
import io.github.layerc.table.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.lang.model.SourceVersion;

/**
 * Java names for those of columns and their values: the words of a name, ASCII letters and digits, joined as Java joins them - {@code sepal length (cm)} becomes {@code
 * sepalLengthCm}, {@code Iris-setosa} becomes {@code IRIS_SETOSA}. One without a word, or that begins with a digit, gets a word in front; a keyword an underscore behind; equal
 * ones are numbered.
 */
final class TableNames {
    /** Methods of every record, which no component can have the name of, and what is in scope where rows are read. */
    private static final Set<String> NO_COMPONENTS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait", "equals");

    private final Network network;
    private final Set<String> types = new TreeSet<>();
    private final String row;
    private final Optional<String> label;
    private final Optional<String> prediction;
    private final List<Part> parts = new ArrayList<>();

    /**
     * A component of the record: a column, or several in an array.
     *
     * @param name of the component
     * @param column number of the first
     * @param feature number of its first input
     * @param columns that it stands for
     * @param type of a category's values, else empty
     */
    record Part(String name, int column, int feature, List<Column> columns, Optional<String> type) {
        Column first() {
            return columns.get(0);
        }

        boolean isGroup() {
            return !first().group().isEmpty();
        }
    }

    /** @param reserved simple names that nested types must not have */
    TableNames(Network network, Table table, Set<String> reserved) {
        this.network = network;
        types.addAll(reserved);
        types.add(network.name());
        row = type("Row");
        label = table.label().map(some -> type("Label"));
        prediction = table.targets().size() > 1 ? Optional.of(type("Prediction")) : Optional.empty();
        Set<String> components = new HashSet<>(NO_COMPONENTS);
        int feature = 0;
        for (int c = 0; c < table.columns().size(); ) {
            Column column = table.columns().get(c);
            int count = 1;
            while (!column.group().isEmpty()
                    && c + count < table.columns().size()
                    && table.columns().get(c + count).group().equals(column.group())) {
                count++;
            }
            String words = column.group().isEmpty() ? column.name() : ColumnNames.group(column.group());
            String name = unique(components, variable(words, "column" + (c + 1)));
            Optional<String> type = column.kind() == ColumnKind.CATEGORY
                    ? Optional.of(
                            type(upperFirst(variable(words, "column" + (c + 1)).replaceAll("_$", ""))))
                    : Optional.empty();
            List<Column> columns = table.columns().subList(c, c + count);
            parts.add(new Part(name, c, feature, columns, type));
            feature += columns.stream().mapToInt(Column::features).sum();
            c += count;
        }
    }

    /** The record of a row. */
    String row() {
        return row;
    }

    /** The enum of the classes. */
    String label() {
        return label.orElseThrow();
    }

    /** The record of several targets. */
    String prediction() {
        return prediction.orElseThrow();
    }

    List<Part> parts() {
        return parts;
    }

    /** Constants for the classes of a label. */
    static List<String> constants(Label label) {
        return constants("LABEL", label.classes());
    }

    /** Constants for the values of a category. */
    static List<String> constants(Column column) {
        return constants("VALUE", column.categories());
    }

    private static List<String> constants(String front, List<String> texts) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (String text : texts) {
            String name = String.join("_", words(text)).toUpperCase(Locale.ROOT);
            String whole = name.isEmpty() || Character.isDigit(name.charAt(0)) ? (front + "_" + name) : name;
            names.add(unique(taken, whole.replaceAll("_$", "")));
        }
        return names;
    }

    /** Components for the targets. */
    static List<String> components(List<Target> targets) {
        Set<String> taken = new HashSet<>(NO_COMPONENTS);
        List<String> names = new ArrayList<>();
        for (int t = 0; t < targets.size(); t++) {
            names.add(unique(taken, variable(targets.get(t).name(), "target" + (t + 1))));
        }
        return names;
    }

    private String type(String wanted) {
        Predicate<String> free = name -> !types.contains(name) && !isInJavaLang(name);
        String name = wanted;
        for (int i = 1; !free.test(name); i++) {
            name = wanted + "Of" + network.name() + (i == 1 ? "" : i);
        }
        types.add(name);
        return name;
    }

    /** @param other where there is no word that a name can begin with */
    private static String variable(String text, String other) {
        List<String> words = words(text);
        if (words.isEmpty()) {
            return other;
        }
        StringBuilder name = new StringBuilder();
        for (String word : words) {
            boolean shouted = word.equals(word.toUpperCase(Locale.ROOT));
            String calm = shouted ? word.toLowerCase(Locale.ROOT) : word;
            name.append(name.isEmpty() ? lowerFirst(calm) : upperFirst(calm));
        }
        String whole = Character.isDigit(name.charAt(0)) ? "column" + name : name.toString();
        return SourceVersion.isKeyword(whole, SourceVersion.RELEASE_17) ? whole + "_" : whole;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static String unique(Set<String> taken, String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private static String upperFirst(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String lowerFirst(String word) {
        return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
    }

    private static boolean isInJavaLang(String name) {
        try {
            Class.forName("java.lang." + name, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
