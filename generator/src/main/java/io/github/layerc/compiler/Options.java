package io.github.layerc.compiler;

import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;

/**
 * What a run of the compiler adds to a spec or changes in it.
 *
 * @param precision instead of the spec's, or null
 * @param machine what the schedules are made for
 */
public record Options(Precision precision, Machine machine) {

    /** Everything as the spec says, for a generic machine. */
    public static final Options DEFAULT = new Options(null, Machine.GENERIC);

    public Options withPrecision(Precision other) {
        return new Options(other, machine);
    }

    public Options withMachine(Machine other) {
        return new Options(precision, other);
    }
}
