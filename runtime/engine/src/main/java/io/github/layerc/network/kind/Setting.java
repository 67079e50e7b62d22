package io.github.layerc.network.kind;

import java.util.function.DoublePredicate;

/**
 * A number that one of several kinds takes, such as the slope {@code alpha} of a leaky relu.
 *
 * @param name the key in the spec
 * @param rule what {@code accepts} asks for, in words that follow the name: {@code must be positive}
 * @param said whether {@link Kind#text()} names it; not where it is off, so that a kind is called as before there was such a number
 */
public record Setting(String name, double value, DoublePredicate accepts, String rule, boolean said) {

    /** One that is always said. */
    public Setting(String name, double value, DoublePredicate accepts, String rule) {
        this(name, value, accepts, rule, true);
    }

    /** @throws IllegalArgumentException if the value is not accepted */
    public Setting {
        if (!accepts.test(value)) {
            throw new IllegalArgumentException(name + " " + rule + ": " + name + "=" + value);
        }
    }
}
