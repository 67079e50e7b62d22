package io.github.layerc.spec.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the errors of one spec while it is read, up to a number that nobody reads on from: with one more, the reading ends. */
public final class SpecErrors {
    public static final int LIMIT = 100;

    private final String file;
    private final List<SpecError> errors = new ArrayList<>();

    public SpecErrors(String file) {
        this.file = file;
    }

    public void add(Position at, String message) {
        if (errors.size() == LIMIT) {
            sort();
            errors.add(new SpecError(
                    file, at.line(), at.column(), "too many errors: the rest is left out behind the first " + LIMIT));
            throw new SpecException(file, errors);
        }
        errors.add(new SpecError(file, at.line(), at.column(), message));
    }

    /** Ends the reading if there was an error so far. */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw toException();
        }
    }

    public SpecException toException() {
        sort();
        return new SpecException(file, errors);
    }

    private void sort() {
        errors.sort(Comparator.comparingInt(SpecError::line).thenComparingInt(SpecError::column));
    }
}
