package io.github.layerc.rows.field;

import java.util.Locale;
import java.util.Set;

/** What the texts of a table mean: that there is no value, that something is true, a number. The one place for these words. */
public final class FieldWords {
    /** How programs write that there is no value. */
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?");

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

    private FieldWords() {}

    /** Whether it stands for no value; blanks around it do not matter, nor whether letters are large. */
    public static boolean isMissing(String text) {
        return MISSING.contains(plain(text));
    }

    /** Whether it says true or false. */
    public static boolean isBoolean(String text) {
        return isTrue(text) || FALSE.contains(plain(text));
    }

    public static boolean isTrue(String text) {
        return TRUE.contains(plain(text));
    }

    /** Whether YAML takes the word for something else than a text. */
    public static boolean isYaml(String text) {
        return isMissing(text) || Set.of("true", "false").contains(plain(text));
    }

    /** A number with a point; NaN where it is none. */
    public static double number(String text) {
        return NumberText.parse(text, '.');
    }

    /** Four digits, for people. */
    public static String shortNumber(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e7
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, "%.4g", number);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
