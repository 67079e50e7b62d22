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

    /**
     * {@code place: rule: expected ...: found ...}.
     *
     * @param place a file or folder
     */
    static DataException of(Object place, String rule, String expected, Object found) {
        return new DataException(oneLine(place + ": " + rule + ": expected " + expected + ": found " + found));
    }

    /** Found is what lies at the bottom of the causes, where libraries say what it really was. */
    static DataException of(Object place, String rule, String expected, Throwable cause) {
        Throwable first = cause;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String found = first.getClass().getSimpleName() + (first.getMessage() == null ? "" : ": " + first.getMessage());
        return new DataException(oneLine(place + ": " + rule + ": expected " + expected + ": found " + found), cause);
    }

    /** Names in a file and messages of libraries can have more lines. */
    private static String oneLine(String message) {
        return message.strip().replaceAll("\\R\\s*", " ");
    }
}
