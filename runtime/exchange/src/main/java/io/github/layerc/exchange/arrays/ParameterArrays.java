package io.github.layerc.exchange.arrays;

import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The parameters of a network as arrays with names, {@code W1}, {@code b1}, ..., to be written in its precision, little-endian, in C order. */
final class ParameterArrays {
    /** Numbers that are put together before they are written. */
    private static final int CHUNK = 8192;

    private final Network network;
    private final double[] parameters;

    /** @param parameters in the canonical layout; not copied */
    ParameterArrays(Network network, double[] parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    /** In the order of the canonical layout. */
    List<Layer.Parameters> all() {
        return network.layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .toList();
    }

    boolean areFloats() {
        return network.precision() == Precision.FLOAT;
    }

    /** Of a number in the file. */
    int width() {
        return areFloats() ? Float.BYTES : Double.BYTES;
    }

    /** Of an array in the file. */
    long bytes(Layer.Parameters array) {
        return (long) array.rows() * array.columns() * width();
    }

    void write(Layer.Parameters array, OutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK * width()).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = array.at(); from < array.end(); from += CHUNK) {
            buffer.clear();
            int to = Math.min(from + CHUNK, array.end());
            for (int i = from; i < to; i++) {
                if (areFloats()) {
                    buffer.putFloat((float) parameters[i]);
                } else {
                    buffer.putDouble(parameters[i]);
                }
            }
            out.write(buffer.array(), 0, buffer.position());
        }
    }
}
