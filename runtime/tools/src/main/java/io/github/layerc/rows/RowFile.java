package io.github.layerc.rows;

import java.nio.file.Path;

/** A file with rows of named columns. To add a format: a class that implements this, and its line in {@link RowFiles}. */
public interface RowFile {

    Path path();

    /**
     * Starts to read, from the first row on.
     *
     * @throws io.github.layerc.data.DataException if the file cannot be read, or does not begin as such a file does
     */
    RowCursor open();
}
