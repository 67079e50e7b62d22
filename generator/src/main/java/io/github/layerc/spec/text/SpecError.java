package io.github.layerc.spec.text;

/**
 * One thing that is wrong with a spec.
 *
 * @param file how the file is called in messages
 * @param line from 1
 * @param column from 1, in code points
 * @param message lower-case rule, what was expected, what was found, on one line
 */
public record SpecError(String file, int line, int column, String message) {

    /** As compilers print it: {@code cat4.yaml:3:14: layer 2: units must be at least 1: units=0}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
