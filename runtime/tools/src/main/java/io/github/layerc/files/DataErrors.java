package io.github.layerc.files;

import io.github.layerc.data.DataException;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with some data: a printable line for each, the first of very many, and one that counts them. */
public final class DataErrors extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Lines for single errors. */
    private static final int MAX_LINES = 20;

    private DataErrors(String message) {
        super(message);
    }

    /**
     * Does nothing where there is no error.
     *
     * @param place of all of them: a file or folder
     * @throws DataException the only one
     * @throws DataErrors if there are more
     */
    public static void requireNone(Object place, List<DataException> errors) {
        if (errors.size() == 1) {
            throw errors.get(0);
        }
        if (!errors.isEmpty()) {
            List<String> lines = new ArrayList<>(errors.stream()
                    .limit(MAX_LINES)
                    .map(DataException::getMessage)
                    .toList());
            if (errors.size() > MAX_LINES) {
                lines.add("... and " + (errors.size() - MAX_LINES) + " more");
            }
            lines.add(new DataException(errors.size() + " errors in " + place).getMessage());
            throw new DataErrors(String.join(System.lineSeparator(), lines));
        }
    }
}
