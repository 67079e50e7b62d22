package io.github.layerc.table;

import io.github.layerc.data.DataException;
import io.github.layerc.data.ModelFormat;
import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** What {@link ModelFormat} is for parameters, for models with a table: found as a service, which {@code layerc-tools} has. */
public interface TableFormat {

    /**
     * What the table of a model learned.
     *
     * @throws DataException if the file is missing or damaged, or a model without a table or with another one
     */
    Fitted readFitted(Path file, Network network, Table table);

    /**
     * Writes a file, whole or not at all; one of this name is replaced.
     *
     * @param parameters in the canonical layout; they are rounded to the precision of the network
     * @throws DataException if the file cannot be written, or a parameter is not finite once it is rounded
     */
    void write(Path file, Network network, double[] parameters, Fitted fitted);

    /**
     * The format that a program has.
     *
     * @param file that is to be read or written, for the message
     * @param loader of the class that asks, which may see more than this one's
     * @throws DataException if there is none
     */
    static TableFormat find(Path file, ClassLoader loader) {
        return ServiceLoader.load(TableFormat.class, loader)
                .findFirst()
                .orElseThrow(() -> new DataException(file
                        + ": models are files of a library: expected io.github.layerc:layerc-tools: found no service "
                        + TableFormat.class.getName() + ": add the dependency"));
    }
}
