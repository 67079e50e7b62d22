package io.github.layerc.generation;

import java.nio.file.Path;

/**
 * What is wrong with a spec.
 *
 * @param file absolute
 * @param place the file as messages name it
 * @param line from 1; 0 where the problem is that of the whole file
 * @param column from 1; 0 where the problem is that of the whole line
 */
public record Problem(Path file, String place, int line, int column, String message) {
    @Override
    public String toString() {
        return place + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "") + ": " + message;
    }
}
