package io.github.layerc.table;

import io.github.layerc.data.DataException;
import io.github.layerc.engine.Engine;
import java.nio.file.Path;

/**
 * An engine whose model begins with a table: a generated class of a spec that names its columns. {@link #load} and {@link #save} take what it learned of the training rows along
 * with the parameters.
 */
public interface TableEngine extends Engine {

    /** Columns that are read and predicted. */
    Table table();

    /**
     * What the table learned of its training rows.
     *
     * @throws IllegalStateException if it has learned nothing yet
     */
    Fitted fitted();

    /**
     * Takes what the table learned elsewhere.
     *
     * @throws IllegalArgumentException if it is of another table, or has a fill value too large for the precision
     */
    void setFitted(Fitted fitted);

    /**
     * Takes the parameters of a model, and what its table learned.
     *
     * @throws io.github.layerc.data.DataException as {@link Engine#load} does, and if the model has no table, or another one, or a fill value too
     *     large for the precision
     */
    @Override
    default void load(Path checkpoint) {
        Fitted fitted =
                TableFormat.find(checkpoint, getClass().getClassLoader()).readFitted(checkpoint, network(), table());
        try {
            fitted.requireFits(network().precision());
        } catch (IllegalArgumentException e) {
            throw new DataException(checkpoint + ": " + e.getMessage(), e);
        }
        Engine.super.load(checkpoint);
        setFitted(fitted);
    }

    /**
     * Writes the parameters, and what the table learned.
     *
     * @throws io.github.layerc.data.DataException as {@link Engine#save} does
     * @throws IllegalStateException if it has learned nothing yet
     */
    @Override
    default void save(Path checkpoint) {
        TableFormat.find(checkpoint, getClass().getClassLoader())
                .write(checkpoint, network(), parametersAsDouble(), fitted());
    }
}
