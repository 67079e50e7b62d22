package io.github.layerc.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A column that a network reads.
 *
 * @param name as a file has it
 * @param group pattern of the names of several columns, see {@link ColumnNames}, that a program passes as one array; empty for one by itself
 * @param kind of its values
 * @param categories the words that a value can be, in the order of their numbers; none for other kinds
 * @param transform what becomes of a value
 * @param missing what stands for one that is not there
 */
public record Column(
        String name, String group, ColumnKind kind, List<String> categories, Transform transform, Missing missing) {

    public Column {
        categories = List.copyOf(categories);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a column must have a name: name=");
        }
        if ((kind == ColumnKind.CATEGORY) != (categories.size() > 1)) {
            throw new IllegalArgumentException(
                    "column " + name + ": 2 or more categories go with kind category: categories=" + categories);
        }
        if (new HashSet<>(categories).size() < categories.size()) {
            throw new IllegalArgumentException(
                    "column " + name + ": categories must be different: categories=" + categories);
        }
        if (!transform.goesWith(kind) || !missing.goesWith(kind)) {
            throw new IllegalArgumentException("column " + name + ": a " + kind.keyword() + " cannot have: transform="
                    + transform + ", missing=" + missing);
        }
        if (missing.keyword().equals(Missing.CONSTANT.keyword())) {
            double value = missing.settings().get(0).value();
            int most = kind == ColumnKind.BOOLEAN ? 1 : categories.size() - 1;
            boolean place = value == Math.rint(value) && value >= 0 && value <= most;
            if (kind == ColumnKind.NUMBER ? !transform.accepts(value) : !place) {
                throw new IllegalArgumentException(
                        "column " + name + ": constant is no value of the column: value=" + value);
            }
        }
    }

    /** A number, taken as it is unless something else is said. */
    public static Column number(String name) {
        return new Column(name, "", ColumnKind.NUMBER, List.of(), Transform.NONE, Missing.ERROR);
    }

    /** One of some words, each with an input of its own unless something else is said. */
    public static Column category(String name, String... categories) {
        return new Column(name, "", ColumnKind.CATEGORY, List.of(categories), Transform.ONE_HOT, Missing.ERROR);
    }

    /** False or true, as 0 and 1. */
    public static Column bool(String name) {
        return new Column(name, "", ColumnKind.BOOLEAN, List.of(), Transform.NONE, Missing.ERROR);
    }

    /** Numbers whose names are those of a pattern, see {@link ColumnNames}, with the same transformation and rule. */
    public static List<Column> numbers(String pattern, Transform transform, Missing missing) {
        return ColumnNames.of(pattern).stream()
                .map(name -> new Column(name, pattern, ColumnKind.NUMBER, List.of(), transform, missing))
                .toList();
    }

    public Column with(Transform other) {
        return new Column(name, group, kind, categories, other, missing);
    }

    public Column with(Missing other) {
        return new Column(name, group, kind, categories, transform, other);
    }

    /** Inputs of the network that come from this column. */
    public int features() {
        return (transform.oneForEach() ? categories.size() : 1) + (missing.indicates() ? 1 : 0);
    }

    /** Whether a row may have no value here. */
    public boolean optional() {
        return !missing.equals(Missing.ERROR);
    }

    /**
     * The inputs of one value.
     *
     * @param value a number, the place of a category, 0 or 1; NaN where it is missing
     * @param fill what is filled in, NaN for nothing
     * @param line center and scale
     * @param out inputs, {@link #features()} of them from {@code at} on
     */
    void features(double value, double fill, Line line, double[] out, int at) {
        boolean isMissing = Double.isNaN(value);
        int own = at;
        if (transform.oneForEach()) {
            double filled = isMissing && !missing.indicates() ? fill : value;
            for (int c = 0; c < categories.size(); c++) {
                // where a row must have one NaN stays NaN
                out[own++] = Double.isNaN(filled) && !missing.indicates() ? Double.NaN : filled == c ? 1 : 0;
            }
        } else {
            out[own++] = line.apply(transform.inner(isMissing ? fill : value));
        }
        if (missing.indicates()) {
            out[own] = isMissing ? 1 : 0;
        }
    }

    /** What the inputs are called, in their order: {@code color=red}, {@code age}, {@code age is missing}. */
    List<String> featureNames() {
        List<String> names = new ArrayList<>();
        if (transform.oneForEach()) {
            categories.forEach(category -> names.add(name + "=" + category));
        } else {
            names.add(name);
        }
        if (missing.indicates()) {
            names.add(name + " is missing");
        }
        return names;
    }
}
