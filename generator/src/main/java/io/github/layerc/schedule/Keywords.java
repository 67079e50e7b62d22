package io.github.layerc.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Constants of enums as they stand in files: {@code unit-major} for {@code UNIT_MAJOR}. */
public final class Keywords {
    private Keywords() {}

    public static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of a word, null if there is none. */
    public static <E extends Enum<E>> E find(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> of(value).equals(word))
                .findFirst()
                .orElse(null);
    }

    /** All words, for messages. */
    public static List<String> all(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Keywords::of).toList();
    }
}
