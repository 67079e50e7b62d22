package io.github.layerc.data;

import io.github.layerc.network.Network;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Files of parameters, as engines load and save them. The engines know none: the format is found as a service, so that a program without such files
 * needs no library. {@code layerc-tools} has that of {@code model.h5}.
 */
public interface ModelFormat {

    /**
     * The parameters of a network in the canonical layout.
     *
     * @throws DataException if the file is missing or damaged, of another format, or a model of another network
     */
    double[] read(Path file, Network network);

    /**
     * Writes a file, whole or not at all; one of this name is replaced.
     *
     * @param parameters in the canonical layout; they are rounded to the precision of the network
     * @throws DataException if the file cannot be written, or a parameter is not finite once it is rounded
     */
    void write(Path file, Network network, double[] parameters);

    /**
     * The format that a program has.
     *
     * @param file that is to be read or written, for the message
     * @param loader of the class that asks, which may see more than this one's
     * @throws DataException if there is none
     */
    static ModelFormat find(Path file, ClassLoader loader) {
        return ServiceLoader.load(ModelFormat.class, loader)
                .findFirst()
                .orElseThrow(() -> new DataException(file
                        + ": models are files of a library: expected io.github.layerc:layerc-tools: found no service "
                        + ModelFormat.class.getName() + ": add the dependency"));
    }
}
