package io.github.layerc.peers;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.github.layerc.files.OutputFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows in files. */
final class PeerRows {

    private PeerRows() {}

    static void write(Path folder, String file, List<PeerRow> rows) {
        JsonArray json = new JsonArray();
        rows.forEach(row -> json.add(row.toJson()));
        String text =
                new GsonBuilder().serializeNulls().setPrettyPrinting().create().toJson(json) + "\n";
        OutputFolder.open(folder, file).write(Map.of(file, path -> Files.writeString(path, text)));
    }

    static List<PeerRow> read(Path file) throws IOException {
        List<PeerRow> rows = new ArrayList<>();
        for (JsonElement row : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
            rows.add(PeerRow.of(row.getAsJsonObject()));
        }
        return rows;
    }

    /** The rows with their speed-ups: against the fastest of the other libraries at the same task. */
    static List<PeerRow> compared(List<PeerRow> rows) {
        return rows.stream()
                .map(row -> row.isPeak()
                        ? row
                        : row.withSpeedup(rows.stream()
                                        .filter(other -> !other.isGenerated() && other.sameTask(row))
                                        .mapToDouble(PeerRow::nsPerOp)
                                        .min()
                                        .orElse(Double.NaN)
                                / row.nsPerOp()))
                .toList();
    }
}
