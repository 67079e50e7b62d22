package io.github.layerc.compiler;

import io.github.layerc.network.Form;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;
import io.github.layerc.schedule.tuned.TunedSchedules;

/**
 * What a run of the compiler adds to a spec or changes in it.
 *
 * @param precision instead of the spec's, or null
 * @param threads instead of the spec's, or 0
 * @param form instead of the spec's, or null
 * @param machine what the schedules are made for
 * @param tuned schedules of the network that were measured; they are used whatever the machine
 */
public record Options(Precision precision, int threads, Form form, Machine machine, TunedSchedules tuned) {

    /** Everything as the spec says, for a generic machine. */
    public static final Options DEFAULT = new Options(null, 0, null, Machine.GENERIC, TunedSchedules.NONE);

    /**
     * The network with what these options change.
     *
     * @throws IllegalArgumentException if the network's optimizer cannot train in the form, or a number is none in the precision
     */
    public Network applied(Network network) {
        Network changed = precision == null ? network : network.withPrecision(precision);
        changed = threads == 0 ? changed : changed.withThreads(threads);
        return form == null ? changed : changed.withTraining(changed.training().withForm(form));
    }

    public Options withPrecision(Precision other) {
        return new Options(other, threads, form, machine, tuned);
    }

    public Options withThreads(int other) {
        return new Options(precision, other, form, machine, tuned);
    }

    public Options withForm(Form other) {
        return new Options(precision, threads, other, machine, tuned);
    }

    public Options withMachine(Machine other) {
        return new Options(precision, threads, form, other, tuned);
    }

    public Options withTuned(TunedSchedules other) {
        return new Options(precision, threads, form, machine, other);
    }
}
