package io.github.layerc.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.layerc.network.Activation;
import io.github.layerc.network.Input;
import io.github.layerc.network.Network;
import io.github.layerc.proto.ProtoReader;
import io.github.layerc.training.Accuracy;
import io.github.layerc.training.History;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Read again record by record, with the checksums of the format. */
final class TrainingEventsTest {
    private static final Network NETWORK = Network.builder("", "Net")
            .input(Input.flat(2))
            .layer(1, Activation.SIGMOID)
            .build();

    @Test
    void tellsTheHistoryAndHowParametersAreDistributed() {
        History.Test test = new History.Test(0.5, Optional.of(new Accuracy(3, 4)), Map.of("f1", 0.25));
        History history = new History(List.of(
                new History.Entry(0, 0.75),
                new History.Entry(100, 0.125, Optional.of(test), Optional.empty(), Optional.of(0.0625))));

        byte[] file = TrainingEvents.of(history, NETWORK, new double[] {-1, 2, 0.5}, 101, 1.5);

        assertThat(events(file))
                .containsExactly(
                        "brain.Event:2",
                        "0 cost/train 0.75",
                        "100 cost/train 0.125",
                        "100 cost/test 0.5",
                        "100 accuracy/test 0.75",
                        "100 f1/test 0.25",
                        "100 learning_rate 0.0625",
                        "101 parameters/W1 [-1.0, 2.0, 2.0, 1.0, 5.0] 30 limits up to 2.0, counts 1 and 1",
                        "101 parameters/b1 [0.5, 0.5, 1.0, 0.5, 0.25] 30 limits up to 0.5, counts 0 and 1");
    }

    private static List<String> events(byte[] file) {
        List<String> events = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            int at = in.position();
            int length = (int) in.getLong();
            assertThat(in.getInt()).isEqualTo(masked(file, at, Long.BYTES));
            byte[] event = new byte[length];
            in.get(event);
            assertThat(in.getInt()).isEqualTo(masked(event, 0, length));
            events.add(event(ProtoReader.of("events", event)));
        }
        return events;
    }

    /** As TensorFlow's {@code crc32c.h} says it. */
    private static int masked(byte[] bytes, int at, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, at, length);
        long crc = sum.getValue();
        return (int) (((crc >>> 15) | (crc << 17)) + 0xa282ead8L);
    }

    private static String event(ProtoReader in) {
        String version = "";
        String step = "0";
        String value = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> in.doubles(seconds -> assertThat(seconds).isEqualTo(1.5));
                case 2 -> step = String.valueOf(in.integer());
                case 3 -> version = in.text();
                case 5 -> {
                    ProtoReader summary = in.message();
                    assertThat(summary.next()).isTrue();
                    value = value(summary.message());
                }
                default -> throw new AssertionError("field " + in.field());
            }
        }
        return version.isEmpty() ? step + " " + value : version;
    }

    private static String value(ProtoReader in) {
        String tag = "";
        String value = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> tag = in.text();
                case 2 -> value = String.valueOf(in.real());
                case 5 -> value = histogram(in.message());
                default -> throw new AssertionError("field " + in.field());
            }
        }
        return tag + " " + value;
    }

    private static String histogram(ProtoReader in) {
        List<Double> facts = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        while (in.next()) {
            int field = in.field();
            in.doubles(number -> (field < 6 ? facts : field == 6 ? limits : counts).add(number));
        }
        assertThat(limits).isSorted().hasSameSizeAs(counts);
        return facts + " " + limits.size() + " limits up to " + limits.get(limits.size() - 1) + ", counts "
                + counts.get(0).intValue() + " and "
                + counts.get(counts.size() - 1).intValue();
    }

    @Test
    void countsEveryNumberOnce() {
        double[] values = new double[1000];
        Arrays.setAll(values, i -> Math.sin(i));
        EventFile file = new EventFile(0).histogram("x", 1, values, 10, 1000);

        assertThat(new String(file.toByteArray(), StandardCharsets.ISO_8859_1)).contains("brain.Event:2");
        assertThat(events(file)).isEqualTo(990);
    }

    private static double events(EventFile file) {
        ByteBuffer in = ByteBuffer.wrap(file.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int first = (int) in.getLong();
        in.position(Long.BYTES + 2 * Integer.BYTES + first);
        byte[] event = new byte[(int) in.getLong()];
        in.getInt();
        in.get(event);
        List<Double> counts = new ArrayList<>();
        ProtoReader message = ProtoReader.of("events", event);
        while (message.next()) {
            if (message.field() != 5) {
                message.skip();
                continue;
            }
            ProtoReader summary = message.message();
            summary.next();
            ProtoReader value = summary.message();
            while (value.next()) {
                if (value.field() != 5) {
                    value.skip();
                    continue;
                }
                ProtoReader histogram = value.message();
                while (histogram.next()) {
                    if (histogram.field() == 7) {
                        histogram.doubles(counts::add);
                    } else {
                        histogram.skip();
                    }
                }
            }
        }
        return counts.stream().mapToDouble(Double::doubleValue).sum();
    }
}
