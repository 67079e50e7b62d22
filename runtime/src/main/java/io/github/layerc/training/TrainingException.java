package io.github.layerc.training;

/** A training that cannot start or go on, for a reason that lies with whoever started it. The message is one line. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
