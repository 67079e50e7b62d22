package io.github.layerc.data;

/** A file or data set that cannot be used. The message is one line: the place, what was expected, what was found. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
