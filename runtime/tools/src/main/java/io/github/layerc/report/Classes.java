package io.github.layerc.report;

import io.github.layerc.data.Printable;
import java.util.List;

/**
 * The classes that the outputs of a network stand for, and what they are called.
 *
 * @param names by number; empty where they have none
 */
record Classes(int count, List<String> names) {
    /** Characters of a name that are printed. */
    private static final int MOST_CHARACTERS = 60;

    Classes {
        names = List.copyOf(names);
        if (!names.isEmpty() && names.size() != count) {
            throw new IllegalArgumentException(
                    "there must be a name for each class or for none: classes=" + count + ", names=" + names.size());
        }
    }

    /** One output tells two classes from each other. */
    static Classes of(int outputs, List<String> names) {
        return new Classes(outputs == 1 ? 2 : outputs, names);
    }

    /** Its name, or its number; {@code none} for -1, the class of outputs that are no numbers. */
    String name(int number) {
        if (number < 0) {
            return "none";
        }
        return names.isEmpty() ? Integer.toString(number) : Printable.shorten(names.get(number), MOST_CHARACTERS);
    }

    /** {@code y = 1, cat}. */
    String label(int number) {
        return names.isEmpty() ? "y = " + number : "y = " + number + ", " + name(number);
    }
}
