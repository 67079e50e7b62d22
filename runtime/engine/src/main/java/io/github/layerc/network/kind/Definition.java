package io.github.layerc.network.kind;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a kind is called and set to, and how one of it with other settings is made. Two with the same keyword and settings are equal.
 *
 * @param <K> of what it is a kind
 */
public final class Definition<K> {
    private final String keyword;
    private final List<Setting> settings;
    private final Function<List<Double>, K> others;
    private final String text;

    private Definition(String keyword, List<Setting> settings, Function<List<Double>, K> others) {
        this.keyword = keyword;
        this.settings = settings;
        this.others = others;
        String numbers = settings.stream()
                .filter(Setting::said)
                .map(setting -> setting.name() + "=" + setting.value())
                .collect(Collectors.joining(" "));
        this.text = keyword + (numbers.isEmpty() ? "" : "(" + numbers + ")");
    }

    public static <K> Definition<K> of(String keyword) {
        return new Definition<>(keyword, List.of(), null);
    }

    /** @param others makes one with other numbers, in the order of the settings */
    public static <K> Definition<K> of(String keyword, Function<List<Double>, K> others, Setting... settings) {
        return new Definition<>(keyword, List.of(settings), others);
    }

    String keyword() {
        return keyword;
    }

    List<Setting> settings() {
        return settings;
    }

    String text() {
        return text;
    }

    /**
     * One with other numbers.
     *
     * @param same what there is if there are no settings
     * @throws IllegalArgumentException if a number is not accepted, or there are not as many as settings
     */
    K with(List<Double> values, K same) {
        if (values.size() != settings.size()) {
            throw new IllegalArgumentException(
                    keyword + " takes " + settings.size() + " settings: found " + values.size());
        }
        return settings.isEmpty() ? same : others.apply(values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Definition<?> definition && text.equals(definition.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
