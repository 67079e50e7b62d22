package io.github.layerc.compiler;

import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.TunedSchedules;

/**
 * What a run of the compiler adds to a spec or changes in it.
 *
 * @param precision instead of the spec's, or null
 * @param threads instead of the spec's, or 0
 * @param machine what the schedules are made for
 * @param tuned schedules of the network that were measured; they are used whatever the machine
 */
public record Options(Precision precision, int threads, Machine machine, TunedSchedules tuned) {

    /** Everything as the spec says, for a generic machine. */
    public static final Options DEFAULT = new Options(null, 0, Machine.GENERIC, TunedSchedules.NONE);

    /** The network with what these options change. */
    public Network applied(Network network) {
        Network precise = precision == null ? network : network.withPrecision(precision);
        return threads == 0 ? precise : precise.withThreads(threads);
    }

    public Options withPrecision(Precision other) {
        return new Options(other, threads, machine, tuned);
    }

    public Options withThreads(int other) {
        return new Options(precision, other, machine, tuned);
    }

    public Options withMachine(Machine other) {
        return new Options(precision, threads, other, tuned);
    }

    public Options withTuned(TunedSchedules other) {
        return new Options(precision, threads, machine, other);
    }
}
