package io.github.layerc.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.data.DataException;
import io.github.layerc.files.DataErrors;
import io.github.layerc.table.Column;
import io.github.layerc.table.Missing;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages tables at random, and reads them: that ends in one documented exception, or in the values that another reader finds there. {@code -Dlayerc.mutations} says how many, {@code
 * -Dlayerc.mutations.seed} which ones.
 */
class MutatedTablesTest {
    private static final int COUNT = Integer.getInteger("layerc.mutations", 3000);
    private static final long SEED = Long.getLong("layerc.mutations.seed", 1);

    private static final List<String> COLOURS = List.of("red", "dark green");
    private static final List<String> KINDS = List.of("a", "b");
    private static final Table TABLE = Table.builder()
            .column(Column.number("age").with(Missing.MEAN))
            .column(Column.number("height").with(Transform.LOG1P))
            .column(Column.category("colour", "red", "dark green").with(Missing.INDICATOR))
            .column(Column.bool("member").with(Missing.INDICATOR))
            .label("kind", "a", "b")
            .build();

    private static final String CSV = """
            kind,age,height,colour,member,notes
            b,34.5,1.8,"dark green",true,nothing that matters to anybody
            a,,1.6,red,,"a note, ""quoted"",
            of two lines"
            b,1e3,2000.125,red,no,
            a,-0.2500003,12345678901234567890,"red",1,"quoted to no purpose"
            b,0.000123456789012345678,9007199254740993,red,0,-123.4567890123
            a,-98765432.1e-7,3.141592653589793,red,1,-123.4567890123
            """;
    private static final String ARFF = """
            @relation r
            @attribute age real
            @attribute height real
            @attribute colour {red,'dark green'}
            @attribute member {yes,no}
            @attribute kind {a,b}
            @data
            1,2,'dark green',yes,a
            ?,2,red,no,b
            """;

    @TempDir
    private Path folder;

    @Test
    void endInTheValuesOfAnotherReaderOrInOneException() throws IOException {
        byte[] csv = bytes(CSV);
        // every line a row, until a quote comes in
        byte[] lines = bytes(CSV.replace("\"a note, \"\"quoted\"\",\nof two lines\"", "a note")
                .replace("\"", ""));
        byte[] semicolons = bytes(CSV.replace(',', ';').replace('.', ','));
        byte[] arff = bytes(ARFF);
        Random random = new Random(SEED);
        int compared = 0;
        int refused = 0;
        for (int i = 0; i < COUNT; i++) {
            byte[] text = mutated(i % 8 == 4 ? lines : i % 2 == 0 ? csv : semicolons, random);
            switch (i % 4) {
                case 0, 1 -> {
                    boolean read = isRead("m.csv", text, text);
                    compared += read ? 1 : 0;
                    refused += read ? 0 : 1;
                }
                case 2 -> {
                    byte[] zipped = mutated(zipped(csv), random);
                    isRead("m.csv.gz", zipped, unzipped(zipped));
                }
                default -> isRead("m.arff", mutated(arff, random), new byte[0]);
            }
        }
        assertThat(compared).as("some are still tables").isGreaterThan(COUNT / 10);
        if (System.getProperty("layerc.mutations") != null) {
            System.out.println(COUNT + " damaged tables of seed " + SEED + ": of " + (compared + refused)
                    + " texts with separators " + compared + " were read and compared, " + refused + " refused");
        }
    }

    /** @param text what is compared, if anything */
    private boolean isRead(String name, byte[] bytes, byte[] text) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        TableRows rows;
        try {
            rows = TableRows.read(RowFiles.require(file), TABLE, true);
        } catch (DataException | DataErrors e) {
            assertThat(e.getMessage()).contains(name);
            return false;
        }
        if (text.length > 0) {
            String what = new String(text, StandardCharsets.UTF_8);
            assertThat(PlainCsv.read(text)).as(what).isPresent().hasValueSatisfying(csv -> compare(rows, csv, what));
        }
        return true;
    }

    private static void compare(TableRows rows, PlainCsv csv, String what) {
        List<String> names = csv.rows().get(0).stream().map(String::strip).toList();
        assertThat(rows.count()).as(what).isEqualTo(csv.rows().size() - 1);
        double[] row = new double[4];
        for (int r = 0; r < rows.count(); r++) {
            List<String> fields = csv.rows().get(r + 1);
            assertThat(fields).as(what).hasSameSizeAs(names);
            rows.row(r, row);
            double[] expected = {
                csv.number(fields.get(names.indexOf("age"))),
                csv.number(fields.get(names.indexOf("height"))),
                place(COLOURS, fields.get(names.indexOf("colour"))),
                truth(fields.get(names.indexOf("member")))
            };
            assertThat(row).as(what).isEqualTo(expected);
            assertThat(rows.label(r))
                    .as(what)
                    .isEqualTo(KINDS.indexOf(fields.get(names.indexOf("kind")).strip()));
        }
    }

    private static double place(List<String> words, String field) {
        int place = words.indexOf(field.strip());
        return place < 0 ? Double.NaN : place;
    }

    private static double truth(String field) {
        String word = field.strip().toLowerCase(Locale.ROOT);
        if (Set.of("true", "t", "yes", "y", "1").contains(word)) {
            return 1;
        }
        return Set.of("false", "f", "no", "n", "0").contains(word) ? 0 : Double.NaN;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Empty where they cannot be. */
    private static byte[] unzipped(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static byte[] mutated(byte[] from, Random random) {
        byte[] bytes = from.clone();
        for (int i = random.nextInt(2); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(8)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1, 2 -> bytes[at] = one(random);
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> bytes = with(bytes, at, (byte) random.nextInt(256));
                default -> bytes = with(bytes, at, one(random));
            }
        }
        return bytes;
    }

    /** A character that can mean something. */
    private static byte one(Random random) {
        String signs = random.nextBoolean() ? "0123456789.eE+-" : "\"\n\r,;\t| '{}";
        return (byte) signs.charAt(random.nextInt(signs.length()));
    }

    private static byte[] with(byte[] bytes, int at, byte one) {
        byte[] more = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, more, 0, at);
        more[at] = one;
        System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
        return more;
    }
}
