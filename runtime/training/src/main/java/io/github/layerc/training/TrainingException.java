package io.github.layerc.training;

import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;

/** A training that cannot start or go on, for a reason that lies with whoever started it. The message is one line. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param samples 0 where it is not known yet how many there are */
    public static TrainingException outOfMemory(Network network, int samples, OutOfMemoryError e) {
        int bytes = network.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        String data = samples == 0
                ? "the data of " + network.inputs() + " inputs"
                : samples + " samples x " + network.inputs() + " inputs x " + bytes + " bytes = "
                        + (long) samples * network.inputs() * bytes + " bytes";
        return new TrainingException(
                network.name() + ": too little memory: expected room for " + data + ", "
                        + network.parameterCount() + " parameters and a workspace, found a heap of at most "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB: give it more with JAVA_TOOL_OPTIONS=-Xmx8g or another size",
                e);
    }
}
