package io.github.layerc.benchmark;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.layerc.network.Form;
import io.github.layerc.network.Network;

/**
 * One line of the comparison.
 *
 * @param engine name of the engine, see {@link io.github.layerc.engine.Engine#name()}
 * @param form of the first layer in a training, direct in a prediction
 * @param nsPerOp nanoseconds of one operation on the whole batch
 * @param errorNs half of the 99.9 % confidence interval; NaN where there are too few iterations for one
 * @param bytesPerOp allocated by one operation
 * @param residual see {@link Residual}
 * @param speedup against the interpreter's row; 1 for that row
 */
record Row(
        Network network,
        Operation operation,
        int batch,
        String engine,
        Form form,
        double nsPerOp,
        double errorNs,
        double bytesPerOp,
        double residual,
        double speedup) {

    /** Giga-FLOPs in a second, counted as those of the direct form. */
    double gflops() {
        return (double) operation.flops(network, batch) / nsPerOp;
    }

    Row withSpeedup(double value) {
        return new Row(network, operation, batch, engine, form, nsPerOp, errorNs, bytesPerOp, residual, value);
    }

    JsonObject toJson() {
        JsonObject row = new JsonObject();
        row.addProperty("network", network.name());
        row.addProperty("operation", operation.keyword());
        row.addProperty("batch", batch);
        row.addProperty("engine", engine);
        row.addProperty("form", form.keyword());
        row.addProperty("precision", network.precision().keyword());
        row.addProperty("threads", engine.equals("interpreter") ? 1 : network.threads());
        add(row, "ns_per_op", nsPerOp);
        add(row, "error_ns", errorNs);
        add(row, "bytes_per_op", bytesPerOp);
        add(row, "gflops", gflops());
        add(row, "residual", residual);
        add(row, "speedup", speedup);
        return row;
    }

    /** JSON has no word for NaN and the infinities: null. */
    private static void add(JsonObject row, String name, double value) {
        row.add(name, Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE);
    }
}
