package io.github.layerc.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Constants of enums as they stand in files: {@code unit-major} for {@code UNIT_MAJOR}. */
final class Keywords {
    private Keywords() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of a word, null if there is none. */
    static <E extends Enum<E>> E find(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> of(value).equals(word))
                .findFirst()
                .orElse(null);
    }

    /** All words, for messages. */
    static List<String> all(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Keywords::of).toList();
    }
}
