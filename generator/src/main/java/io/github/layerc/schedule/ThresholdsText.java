package io.github.layerc.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Thresholds as a line of words, those only that are not the usual ones: {@code wholeLayer=2048 fewUnits=8}. */
public final class ThresholdsText {
    private ThresholdsText() {}

    /** Empty for the usual ones. */
    public static String of(Thresholds thresholds) {
        Map<String, Integer> usual = Thresholds.USUAL.byName();
        List<String> words = new ArrayList<>();
        thresholds.byName().forEach((name, value) -> {
            if (!value.equals(usual.get(name))) {
                words.add(name + "=" + value);
            }
        });
        return String.join(" ", words);
    }

    /**
     * The thresholds of words as {@link #of} writes them, in any order.
     *
     * @throws IllegalArgumentException if a word is unknown, twice there or has no such value
     */
    public static Thresholds parse(List<String> words) {
        Thresholds thresholds = Thresholds.USUAL;
        Set<String> names = new HashSet<>();
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (!names.add(parts[0])) {
                throw new IllegalArgumentException("expected each word once: " + word);
            }
            thresholds = thresholds.with(parts[0], number(word, parts));
        }
        return thresholds;
    }

    private static int number(String word, String[] parts) {
        try {
            return Integer.parseInt(parts.length == 2 ? parts[1] : "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a name, = and a whole number: " + word, e);
        }
    }
}
