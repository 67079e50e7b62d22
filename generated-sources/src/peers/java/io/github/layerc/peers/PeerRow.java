package io.github.layerc.peers;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * One line of {@code peers.json}, of the form of {@code compare.json}.
 *
 * @param network {@code CatNet4} or the sizes; empty in the row of the peak
 * @param operation {@code predict} or {@code train_step}; empty in the row of the peak
 * @param batch samples of an operation
 * @param engine name of the engine, or {@code peak}
 * @param form of the first layer in a training step, {@code direct} or {@code gram}; direct in a prediction, empty in the row of the peak
 * @param precision that the engine computes in
 * @param threads that the engine may use
 * @param nsPerOp nanoseconds of one operation on the whole batch
 * @param errorNs half of the 99.9 % confidence interval; NaN where there are too few iterations for one
 * @param bytesPerOp allocated in the heap of the JVM by one operation; what a library takes outside is not seen
 * @param gflops giga-FLOPs in a second, counted as those of the direct form; in the row of the peak those of the loop
 * @param residual largest difference from the interpreter in double, relative to the size of the values: of outputs, or of parameters after 5
 *     steps
 * @param speedup time of the fastest library at this task over the time of this row; NaN where no library was measured
 */
record PeerRow(
        String network,
        String operation,
        int batch,
        String engine,
        String form,
        String precision,
        int threads,
        double nsPerOp,
        double errorNs,
        double bytesPerOp,
        double gflops,
        double residual,
        double speedup) {
    static final String PEAK = "peak";

    boolean isPeak() {
        return engine.equals(PEAK);
    }

    boolean isGenerated() {
        return engine.startsWith("generated-");
    }

    boolean sameTask(PeerRow other) {
        return network.equals(other.network)
                && operation.equals(other.operation)
                && batch == other.batch
                && threads == other.threads;
    }

    PeerRow withSpeedup(double value) {
        return new PeerRow(
                network,
                operation,
                batch,
                engine,
                form,
                precision,
                threads,
                nsPerOp,
                errorNs,
                bytesPerOp,
                gflops,
                residual,
                value);
    }

    JsonObject toJson() {
        JsonObject row = new JsonObject();
        addText(row, "network", network);
        addText(row, "operation", operation);
        row.addProperty("batch", batch);
        row.addProperty("engine", engine);
        addText(row, "form", form);
        row.addProperty("precision", precision);
        row.addProperty("threads", threads);
        addNumber(row, "ns_per_op", nsPerOp);
        addNumber(row, "error_ns", errorNs);
        addNumber(row, "bytes_per_op", bytesPerOp);
        addNumber(row, "gflops", gflops);
        addNumber(row, "residual", residual);
        addNumber(row, "speedup", speedup);
        return row;
    }

    static PeerRow of(JsonObject row) {
        return new PeerRow(
                text(row, "network"),
                text(row, "operation"),
                row.get("batch").getAsInt(),
                text(row, "engine"),
                text(row, "form"),
                text(row, "precision"),
                row.get("threads").getAsInt(),
                number(row, "ns_per_op"),
                number(row, "error_ns"),
                number(row, "bytes_per_op"),
                number(row, "gflops"),
                number(row, "residual"),
                number(row, "speedup"));
    }

    private static void addText(JsonObject row, String name, String value) {
        row.add(name, value.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(value));
    }

    /** JSON has no word for NaN and the infinities: null. */
    private static void addNumber(JsonObject row, String name, double value) {
        row.add(name, Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE);
    }

    private static String text(JsonObject row, String name) {
        JsonElement value = row.get(name);
        return value.isJsonNull() ? "" : value.getAsString();
    }

    private static double number(JsonObject row, String name) {
        JsonElement value = row.get(name);
        return value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }
}
