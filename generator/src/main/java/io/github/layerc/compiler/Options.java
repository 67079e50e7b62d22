package io.github.layerc.compiler;

import io.github.layerc.network.Precision;

/**
 * What a run of the compiler changes in a spec.
 *
 * @param precision instead of the spec's, or null
 */
public record Options(Precision precision) {

    /** Everything as the spec says. */
    public static final Options DEFAULT = new Options(null);

    public Options withPrecision(Precision other) {
        return new Options(other);
    }
}
