package io.github.layerc.describe;

import io.github.layerc.rows.field.FieldWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands in a column: counts of its different values, up to some, the range of its numbers, and how many are missing. */
final class ColumnSummary {
    /** A column of more different words is no category. */
    static final int MOST_CATEGORIES = 50;

    /** Different values that are counted; more are only known to be more. */
    private static final int MOST_COUNTED = 1000;

    private final String name;
    private final Map<String, Integer> counts = new TreeMap<>();
    private boolean more;
    private long rows;
    private long missing;
    private long numbers;
    private boolean whole = true;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double mean;

    ColumnSummary(String name) {
        this.name = name;
    }

    /** @param number what the text is as a number, NaN for none */
    void add(String text, double number) {
        rows++;
        if (FieldWords.isMissing(text)) {
            missing++;
            return;
        }
        if (counts.size() < MOST_COUNTED || counts.containsKey(text)) {
            counts.merge(text, 1, Integer::sum);
        } else {
            more = true;
        }
        if (Double.isFinite(number)) {
            numbers++;
            whole &= number == Math.rint(number);
            min = Math.min(min, number);
            max = Math.max(max, number);
            mean += (number - mean) / numbers;
        }
    }

    String name() {
        return name;
    }

    long missing() {
        return missing;
    }

    private long present() {
        return rows - missing;
    }

    /** Whether there is no value at all, or the same in every row: nothing to learn from. */
    boolean isConstant() {
        return counts.isEmpty() || (counts.size() < 2 && missing == 0);
    }

    boolean isNumber() {
        return present() > 0 && numbers == present();
    }

    /** Whether it says true and false, in words. */
    boolean isBoolean() {
        return !isNumber() && !counts.isEmpty() && counts.keySet().stream().allMatch(FieldWords::isBoolean);
    }

    /** Whether it has so few different values, for so many rows, that they are kinds of something. */
    boolean isCategory() {
        return !more
                && counts.size() >= 2
                && counts.size() <= MOST_CATEGORIES
                && counts.size() <= Math.max(2, rows / 2);
    }

    /** Whether numbers are rather names: few, and whole. */
    boolean isWholeAndFew() {
        return isNumber() && whole && isCategory();
    }

    /** Different values, in the order of numbers where they are some. */
    List<String> values() {
        List<String> values = new ArrayList<>(counts.keySet());
        if (isNumber()) {
            values.sort((a, b) -> Double.compare(FieldWords.number(a), FieldWords.number(b)));
        }
        return values;
    }

    /** For people: {@code 4.3 to 7.9, mean 5.84, 35 different; 3 missing}. */
    String text() {
        List<String> parts = new ArrayList<>();
        if (isNumber()) {
            parts.add(FieldWords.shortNumber(min) + " to " + FieldWords.shortNumber(max) + ", mean "
                    + FieldWords.shortNumber(mean));
            parts.add(different());
        } else if (isCategory()) {
            parts.add(countsText());
        } else {
            parts.add(different());
        }
        if (missing > 0) {
            parts.add(missing + " missing");
        }
        return String.join(", ", parts);
    }

    private String different() {
        return (more ? "more than " : "") + counts.size() + " different";
    }

    /** {@code red 12, green 30}. */
    String countsText() {
        List<String> parts = new ArrayList<>();
        for (String value : values()) {
            parts.add(value + " " + counts.get(value));
            if (parts.size() == 10 && counts.size() > 11) {
                parts.add("and " + (counts.size() - 10) + " more");
                break;
            }
        }
        return String.join(", ", parts);
    }
}
