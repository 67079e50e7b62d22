package io.github.layerc.network.kind;

import java.util.List;

/**
 * One of several that a spec chooses by a keyword, and by numbers where it takes some: an activation, a loss, an
 * optimizer. Two of a type with the same keyword and numbers are equal.
 *
 * @param <K> of what it is a kind
 */
public abstract class Kind<K extends Kind<K>> {
    private final Definition<K> definition;

    protected Kind(Definition<K> definition) {
        this.definition = definition;
    }

    /** The word in the spec. */
    public final String keyword() {
        return definition.keyword();
    }

    /** The numbers that it takes, with the values that it has. */
    public final List<Setting> settings() {
        return definition.settings();
    }

    /**
     * The same with other numbers, in the order of {@link #settings()}.
     *
     * @throws IllegalArgumentException if a number is not accepted, or there are not as many as settings
     */
    @SuppressWarnings("unchecked")
    public final K with(List<Double> values) {
        return definition.with(values, (K) this);
    }

    /** {@code relu}, {@code adam(beta1=0.9 beta2=0.999 epsilon=1.0E-8)}. */
    public final String text() {
        return definition.text();
    }

    /** Those of one type are of one class. */
    @SuppressWarnings("EqualsGetClass")
    @Override
    public final boolean equals(Object other) {
        return other != null && getClass() == other.getClass() && definition.equals(((Kind<?>) other).definition);
    }

    @Override
    public final int hashCode() {
        return definition.hashCode();
    }

    @Override
    public final String toString() {
        return text();
    }
}
