package io.github.layerc.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the errors of one spec while it is read. */
final class SpecErrors {
    private final String file;
    private final List<SpecError> errors = new ArrayList<>();

    SpecErrors(String file) {
        this.file = file;
    }

    void add(Position at, String message) {
        errors.add(new SpecError(file, at.line(), at.column(), message));
    }

    /** Ends the reading if there was an error so far. */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw toException();
        }
    }

    SpecException toException() {
        errors.sort(Comparator.comparingInt(SpecError::line).thenComparingInt(SpecError::column));
        return new SpecException(file, errors);
    }
}
