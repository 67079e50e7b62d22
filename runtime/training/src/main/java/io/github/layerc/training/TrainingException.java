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
        return tooLittleMemory(network, samples, e);
    }

    /**
     * The same of a class that found no memory when it was initialized, which the JVM does not try again: whoever uses it later, in any thread, is
     * told so as well.
     *
     * @throws LinkageError the error itself, where something else is behind it
     */
    public static TrainingException outOfMemory(Network network, int samples, LinkageError e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            // of what another thread found, Java 17 has but the name
            boolean named = String.valueOf(cause.getMessage()).contains(OutOfMemoryError.class.getName());
            if (named || cause instanceof OutOfMemoryError) {
                return tooLittleMemory(network, samples, e);
            }
        }
        throw e;
    }

    private static TrainingException tooLittleMemory(Network network, int samples, Error e) {
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
