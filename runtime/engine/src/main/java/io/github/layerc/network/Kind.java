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
     * @throws IllegalArgumentException if a number is not accepted
     */
    K with(List<Double> values);

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
