package io.github.layerc.spec.text;

import java.util.List;

/**
 * All errors of one spec, at least one, in the order of the file; of very many only the first that were found, and one
 * that says so. Its message has a line for each, then {@code 2 errors in cat4.yaml}.
 */
public final class SpecException extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // the list is one of the serializable ones of List.copyOf
    private final List<SpecError> errors;

    SpecException(String file, List<SpecError> errors) {
        super(message(file, errors));
        this.errors = List.copyOf(errors);
    }

    public List<SpecError> errors() {
        return errors;
    }

    /** The same errors with the file under another name, such as its full path. */
    public SpecException withFile(String file) {
        SpecException renamed = new SpecException(
                file,
                errors.stream()
                        .map(error -> new SpecError(file, error.line(), error.column(), error.message()))
                        .toList());
        renamed.setStackTrace(getStackTrace());
        return renamed;
    }

    private static String message(String file, List<SpecError> errors) {
        StringBuilder lines = new StringBuilder();
        errors.forEach(error -> lines.append(error).append('\n'));
        return lines.append(errors.size())
                .append(errors.size() == 1 ? " error in " : " errors in ")
                .append(file)
                .toString();
    }
}
