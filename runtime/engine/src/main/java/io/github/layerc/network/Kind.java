package io.github.layerc.network;

import java.util.List;

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
    K with(List<Double> values);

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
    String text();
}
