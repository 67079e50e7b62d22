package io.github.layerc.network;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One of several that a spec chooses by a keyword, and by numbers where it takes some: an activation, a loss, an optimizer.
 *
 * @param <K> of what it is a kind
 */
public interface Kind<K extends Kind<K>> {
    /** The word in the spec. */
    String keyword();

    /** The numbers that it takes, with the values that it has. */
    List<Setting> settings();

    /**
     * The same with other numbers, in the order of {@link #settings()}.
     *
     * @throws IllegalArgumentException if a number is not accepted, or there are not as many as settings
     */
    default K with(List<Double> values) {
        if (values.size() != settings().size()) {
            throw new IllegalArgumentException(
                    keyword() + " takes " + settings().size() + " settings: found " + values.size());
        }
        return withAll(values);
    }

    /** The same for as many numbers as there are settings. */
    K withAll(List<Double> values);

    /** @throws IllegalArgumentException if a setting is not accepted any more once it is rounded to this precision */
    default void requireFits(Precision precision) {
        for (Setting setting : settings()) {
            if (!setting.accepts().test(precision.rounded(setting.value()))) {
                throw new IllegalArgumentException(keyword() + ": " + setting.name() + " " + setting.rule() + " in "
                        + precision.keyword() + ": " + setting.name() + "=" + setting.value());
            }
        }
    }

    /** {@code relu}, {@code adam(beta1=0.9 beta2=0.999 epsilon=1.0E-8)}. */
    default String text() {
        return keyword()
                + (settings().isEmpty()
                        ? ""
                        : settings().stream()
                                .map(setting -> setting.name() + "=" + setting.value())
                                .collect(Collectors.joining(" ", "(", ")")));
    }
}
