package io.github.layerc.exchange.onnx;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.proto.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Reads tensors of ONNX: raw bytes, numbers of the field for their type, texts, or a part of another file. */
final class TensorReader {
    private static final int ABSENT = -1;

    private final Path file;

    TensorReader(Path file) {
        this.file = file;
    }

    record Named(String name, Tensor tensor) {}

    /** What the fields of a tensor say, as they come. */
    private static final class Fields {
        private String name = "";
        private long type;
        private long location;
        private final List<Long> dims = new ArrayList<>();
        private final DoubleStream.Builder numbers = DoubleStream.builder();
        private final List<String> texts = new ArrayList<>();
        private final Map<String, String> external = new HashMap<>();
        private ByteBuffer raw;
        private boolean segmented;
    }

    Named read(ProtoReader in) {
        Fields fields = new Fields();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> in.integers(fields.dims::add);
                case 2 -> fields.type = in.integer();
                case 3 -> {
                    fields.segmented = true;
                    in.skip();
                }
                case 4 -> in.reals(fields.numbers::add);
                // 5 holds small integers and the bits of halves, 7 and 11 longer integers
                case 5, 7, 11 -> in.integers(value -> fields.numbers.add((double) value));
                case 6 -> fields.texts.add(in.text());
                case 8 -> fields.name = in.text();
                case 9 -> fields.raw = in.bytes();
                case 10 -> in.doubles(fields.numbers::add);
                case 13 -> readEntry(in.message(), fields.external);
                case 14 -> fields.location = in.integer();
                default -> in.skip();
            }
        }
        return new Named(fields.name, tensor(fields));
    }

    private static void readEntry(ProtoReader in, Map<String, String> entries) {
        String key = "";
        String value = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.text();
                case 2 -> value = in.text();
                default -> in.skip();
            }
        }
        entries.put(key, value);
    }

    private Tensor tensor(Fields fields) {
        String words = "tensor \"" + fields.name + "\"";
        Element type = Element.ofOnnx(fields.type)
                .orElseThrow(() -> broken(words, "unsupported type of elements", "1 to 13 or 16", fields.type));
        if (fields.segmented) {
            throw broken(words, "part of a tensor", "a whole one", "a segment");
        }
        List<Integer> shape = shape(words, fields.dims);
        int size = Tensor.size(shape);
        if (type == Element.STRING) {
            requireCount(words, size, fields.texts.size());
            return Tensor.of(shape, fields.texts);
        }
        Optional<ByteBuffer> raw = fields.location == 1
                ? Optional.of(new ExternalData(file, words).read(fields.external))
                : Optional.ofNullable(fields.raw);
        if (raw.isEmpty()) {
            double[] numbers = fields.numbers.build().toArray();
            requireCount(words, size, numbers.length);
            return Tensor.of(type, shape, ofBits(type, numbers));
        }
        ByteBuffer bytes = raw.get();
        if (size < 0 || bytes.remaining() != (long) size * type.width()) {
            throw broken(words, "bytes of shape " + shape, (long) size * type.width() + " bytes", bytes.remaining());
        }
        double[] numbers = new double[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = type.next(bytes);
        }
        return Tensor.of(type, shape, numbers);
    }

    /** Halves stand among integers as their bits. */
    private static double[] ofBits(Element type, double[] numbers) {
        if (type.isReal() && type.width() == Short.BYTES) {
            ByteBuffer bits = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] =
                        type.next(bits.putShort(0, (short) (int) numbers[i]).rewind());
            }
        }
        return numbers;
    }

    private List<Integer> shape(String words, List<Long> dims) {
        List<Integer> shape = new ArrayList<>();
        for (long dim : dims) {
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw broken(words, "sizes of axes", "0 to " + Integer.MAX_VALUE, dim);
            }
            shape.add((int) dim);
        }
        return shape;
    }

    /** @param size {@value #ABSENT} where it is beyond 2^31 */
    private void requireCount(String words, int size, int found) {
        if (size != found) {
            throw broken(words, "number of elements", size == ABSENT ? "as many as its shape" : size + "", found);
        }
    }

    private DataException broken(String words, String rule, String expected, Object found) {
        return DataException.of(file, words + ": " + rule, expected, found);
    }
}
