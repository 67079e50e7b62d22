package io.github.layerc.data;

/** A file or data set that cannot be used. The message is one printable line: the place, what was expected, what was found. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Characters of what was found: a file can hold a name of any length. */
    private static final int MAX_FOUND = 300;

    public DataException(String message) {
        super(oneLine(message));
    }

    public DataException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /**
     * {@code place: rule: expected ...: found ...}.
     *
     * @param place a file or folder
     */
    public static DataException of(Object place, String rule, String expected, Object found) {
        return new DataException(line(place, rule, expected, String.valueOf(found)));
    }

    /** Found is what lies at the bottom of the causes, where libraries say what it really was. */
    public static DataException of(Object place, String rule, String expected, Throwable cause) {
        Throwable first = cause;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String found = first.getClass().getSimpleName() + (first.getMessage() == null ? "" : ": " + first.getMessage());
        return new DataException(line(place, rule, expected, found), cause);
    }

    private static String line(Object place, String rule, String expected, String found) {
        return place + ": " + rule + ": expected " + expected + ": found " + Printable.shorten(found, MAX_FOUND);
    }

    /** Names in a file and messages of libraries can have more lines, and characters that steer a terminal. */
    private static String oneLine(String message) {
        return Printable.escape(message.strip().replaceAll("\\R\\s*", " "));
    }
}
