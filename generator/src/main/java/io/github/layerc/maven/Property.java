package io.github.layerc.maven;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A property of a goal as it was given on the command line or in the pom. Everything that is wrong with it becomes an
 * {@link IllegalArgumentException} of one line that ends in {@code name=text}.
 *
 * @param name such as {@code layerc.iterations}
 * @param text its value; null or blank where it was not given
 */
record Property(String name, String text) {

    boolean isSet() {
        return text != null && !text.isBlank();
    }

    /** The value, which must be given. */
    String required(String what) {
        if (!isSet()) {
            throw new IllegalArgumentException(what + " must be given: -D" + name + "=...");
        }
        return text;
    }

    /** The value, one of a small set of words. */
    String oneOf(List<String> words) {
        if (!words.contains(text)) {
            throw bad("expected one of " + String.join(", ", words));
        }
        return text;
    }

    /** The value as yes or no, which has one of two words: everything else would be taken for a no. */
    boolean flag() {
        return Boolean.parseBoolean(oneOf(List.of("true", "false")));
    }

    /** The value as one of the words of an enum. */
    <E> E oneOf(E[] values, Function<E, String> keyword) {
        String word = oneOf(Stream.of(values).map(keyword).toList());
        return Stream.of(values)
                .filter(value -> keyword.apply(value).equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** The value as a number from {@code least} on. */
    int wholeNumber(int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as wrong as one below the least
        }
        throw bad("expected a whole number from " + least + " to " + Integer.MAX_VALUE);
    }

    /** The value as a positive, finite number. */
    double positiveNumber() {
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as wrong as a negative one
        }
        throw bad("expected a positive, finite number");
    }

    /** Whether the value is meant as a number, whatever it may be. */
    boolean isNumber() {
        try {
            double number = Double.parseDouble(text);
            return !Double.isNaN(number);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The value as a share of something. */
    double share() {
        double share = Double.parseDouble(text);
        if (share > 0 && share < 1) {
            return share;
        }
        throw bad("expected a number above 0 and below 1, or a file");
    }

    private IllegalArgumentException bad(String rule) {
        return new IllegalArgumentException(rule + ": " + name + "=" + text);
    }
}
