package io.github.layerc.data;

import io.jhdf.Constants;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.VariableLength;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A dataset of an HDF5 file: its shape and element type, checked on request, and its values, flat in C order. */
final class HdfArray {
    /** HDF5's classes of element types, by their number. */
    private static final List<String> CLASSES = List.of(
            "integer",
            "float",
            "time",
            "string",
            "bit field",
            "opaque",
            "compound",
            "reference",
            "enum",
            "variable-length sequence",
            "array");

    private final HdfSource source;
    private final String name;
    private final io.jhdf.api.Dataset dataset;
    private final long[] shape;

    /** @throws DataException if the values exceed a Java array, or the file ends before them */
    HdfArray(HdfSource source, String name, io.jhdf.api.Dataset dataset) {
        this.source = source;
        this.name = name;
        this.dataset = dataset;
        this.shape = dataset.getDimensionsAsLong();
        long size = 1;
        for (long axis : shape) {
            if (axis < 0 || (axis > 0 && size > Integer.MAX_VALUE / axis)) {
                throw broken("too many values", "at most " + Integer.MAX_VALUE, shapeText());
            }
            size *= axis;
        }
        if (dataset instanceof ContiguousDataset contiguous
                && contiguous.getDataAddress() != Constants.UNDEFINED_ADDRESS) {
            long end = contiguous.getDataAddress() + dataset.getSizeInBytes();
            if (end > source.size()) {
                throw broken("truncated HDF5 file", end + " bytes", source.size() + " bytes");
            }
        }
    }

    long[] shape() {
        return shape.clone();
    }

    /** Number of values. */
    int size() {
        long size = 1;
        for (long axis : shape) {
            size *= axis;
        }
        return (int) size;
    }

    /** As Python writes it: {@code (209, 64, 64, 3)}. */
    String shapeText() {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    /** The type of the values: {@code uint8}, {@code int64}, {@code float32}, {@code string}, ... */
    String type() {
        return HdfSource.guarded(source.path(), () -> {
            DataType type = dataset.getDataType();
            String bits = Integer.toString(8 * type.getSize());
            if (type instanceof FixedPoint integer) {
                return (integer.isSigned() ? "int" : "uint") + bits;
            }
            if (type instanceof FloatingPoint) {
                return "float" + bits;
            }
            if (type instanceof VariableLength && type.getJavaType() == String.class) {
                return "string";
            }
            return type.getDataClass() < CLASSES.size() ? CLASSES.get(type.getDataClass()) : "unknown";
        });
    }

    /** @throws DataException if the values are not of type uint8 */
    byte[] bytes() {
        if (!type().equals("uint8")) {
            throw broken("wrong type", "uint8", type());
        }
        return HdfSource.guarded(source.path(), () -> {
            byte[] bytes = new byte[size()];
            if (dataset instanceof ContiguousDataset contiguous
                    && contiguous.getDataAddress() != Constants.UNDEFINED_ADDRESS) {
                ByteBuffer buffer = contiguous.getBuffer();
                buffer.get(buffer.position(), bytes);
            } else if (bytes.length > 0) {
                int[] values = (int[]) dataset.getDataFlat();
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) values[i];
                }
            }
            return bytes;
        });
    }

    /** @throws DataException if the values are not integers, of any size */
    double[] integers() {
        if (!type().startsWith("int") && !type().startsWith("uint")) {
            throw broken("wrong type", "int64", type());
        }
        return numbers();
    }

    /** @throws DataException if the values are not of type float32 or float64 */
    double[] reals() {
        if (!type().equals("float32") && !type().equals("float64")) {
            throw broken("wrong type", "float32 or float64", type());
        }
        return numbers();
    }

    /** @throws DataException if the values are not strings */
    List<String> strings() {
        if (!type().equals("string")) {
            throw broken("wrong type", "string", type());
        }
        return HdfSource.guarded(
                source.path(),
                () -> size() == 0
                        ? List.of()
                        : Arrays.stream((Object[]) dataset.getDataFlat())
                                .map(String::valueOf)
                                .toList());
    }

    /** @throws DataException if the shape is another one */
    void requireShape(long... expected) {
        if (!Arrays.equals(shape, expected)) {
            String text = Arrays.stream(expected).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
            throw broken("wrong shape", text, shapeText());
        }
    }

    /** An exception about this dataset. */
    DataException broken(String rule, String expected, Object found) {
        return DataException.of(source.path(), name + ": " + rule, expected, found);
    }

    private double[] numbers() {
        return HdfSource.guarded(source.path(), () -> {
            double[] numbers = new double[size()];
            Object values = numbers.length == 0 ? new double[0] : dataset.getDataFlat();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = ((Number) Array.get(values, i)).doubleValue();
            }
            return numbers;
        });
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s%s", name, type(), shapeText());
    }
}
