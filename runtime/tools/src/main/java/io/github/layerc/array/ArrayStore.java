package io.github.layerc.array;

import io.github.layerc.data.DataException;
import java.util.SortedSet;

/** A file or a folder that holds arrays with names. */
public interface ArrayStore extends AutoCloseable {

    /** For messages. */
    Object place();

    /** The names of all arrays that can be asked for. */
    SortedSet<String> names();

    /** @throws DataException if there is no array of this name, it is damaged, or holds other things than numbers, booleans and strings */
    StoredArray read(String name);

    /** How an array is called in messages. */
    default String words(String name) {
        return name;
    }

    @Override
    void close();
}
