package io.github.layerc.hdf5;

import io.github.layerc.data.DataException;
import io.jhdf.Constants;
import io.jhdf.ObjectHeader;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.CompactDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ContiguousDataLayoutMessage;
import io.jhdf.object.message.Message;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** A dataset of an HDF5 file: its shape and element type, checked on request, and its values, flat in C order. */
public final class HdfArray {
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

    private static final Set<String> INTEGERS =
            Set.of("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64");

    /** HDF5's number for a mantissa whose leading one is not stored. */
    private static final int IMPLIED_ONE = 2;

    /** Stands for what could not be decoded. */
    private static final char REPLACEMENT = '\ufffd';

    private final HdfSource source;
    private final String name;
    private final io.jhdf.api.Dataset dataset;
    private final long[] shape;

    /** @throws DataException if the values exceed a Java array */
    HdfArray(HdfSource source, String name, io.jhdf.api.Dataset dataset) {
        this.source = source;
        this.name = name;
        this.dataset = dataset;
        this.shape = dataset.getDimensionsAsLong();
        if (((DatasetBase) dataset).getHeader().getMessages().stream().anyMatch(Message::isMessageShared)) {
            // jhdf takes the reference for the type itself
            throw broken("unsupported type", "a type of its own", "a committed one, or another shared part");
        }
        long size = Math.max(1, dataset.getDataType().getSize());
        for (long axis : shape) {
            if (axis < 0 || (axis > 0 && size > Integer.MAX_VALUE / axis)) {
                throw broken("too many values", "at most " + Integer.MAX_VALUE + " bytes", shapeText());
            }
            size *= axis;
        }
    }

    public String name() {
        return name;
    }

    public long[] shape() {
        return shape.clone();
    }

    /** Number of values. */
    public int size() {
        long size = 1;
        for (long axis : shape) {
            size *= axis;
        }
        return (int) size;
    }

    /** As Python writes it: {@code (209, 64, 64, 3)}. */
    public String shapeText() {
        return tuple(shape);
    }

    static String tuple(long... axes) {
        return Arrays.stream(axes).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    /** The type of the values: {@code uint8}, {@code int64}, {@code float32}, {@code string}, ... */
    public String type() {
        return HdfSource.guarded(source.path(), () -> {
            DataType type = dataset.getDataType();
            String bits = Integer.toString(8 * type.getSize());
            if (type instanceof FixedPoint integer) {
                return (integer.isSigned() ? "int" : "uint") + bits;
            }
            if (type instanceof FloatingPoint real) {
                return (isIeee(real) ? "float" : "non-IEEE float") + bits;
            }
            if (type instanceof VariableLength && type.getJavaType() == String.class) {
                return "string";
            }
            return type.getDataClass() < CLASSES.size() ? CLASSES.get(type.getDataClass()) : "unknown";
        });
    }

    /** @throws DataException if the values are not of type uint8 */
    public byte[] bytes() {
        if (!type().equals("uint8")) {
            throw broken("wrong type", "uint8", type());
        }
        return HdfSource.guarded(source.path(), () -> {
            byte[] bytes = raw();
            FixedPoint type = (FixedPoint) dataset.getDataType();
            if (type.getBitPrecision() != Byte.SIZE) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) integer(type, bytes[i]);
                }
            }
            return bytes;
        });
    }

    /** @throws DataException if the values are not integers of 1, 2, 4 or 8 bytes */
    public double[] integers() {
        if (!INTEGERS.contains(type())) {
            throw broken("wrong type", "int64", type());
        }
        return HdfSource.guarded(source.path(), () -> {
            FixedPoint type = (FixedPoint) dataset.getDataType();
            ByteBuffer raw = ByteBuffer.wrap(raw()).order(type.getByteOrder());
            return numbers(i -> {
                long value = integer(type, bits(raw, i, type.getSize()));
                // the upper half of uint64
                return type.isSigned() || value >= 0 ? value : 2 * (double) (value >>> 1);
            });
        });
    }

    /** @throws DataException if the values are not of type float32 or float64 */
    public double[] reals() {
        if (!type().equals("float32") && !type().equals("float64")) {
            throw broken("wrong type", "float32 or float64", type());
        }
        return HdfSource.guarded(source.path(), () -> {
            FloatingPoint type = (FloatingPoint) dataset.getDataType();
            ByteBuffer raw = ByteBuffer.wrap(raw()).order(type.getByteOrder());
            boolean floats = type.getSize() == Float.BYTES;
            return numbers(i -> floats ? raw.getFloat(i * Float.BYTES) : raw.getDouble(i * Double.BYTES));
        });
    }

    /**
     * Values of any type of number, also of float16.
     *
     * @throws DataException if they are no numbers
     */
    public double[] numbers() {
        if (INTEGERS.contains(type())) {
            return integers();
        }
        if (!type().equals("float16")) {
            return reals();
        }
        return HdfSource.guarded(source.path(), () -> {
            ByteBuffer raw = ByteBuffer.wrap(raw()).order(((FloatingPoint) dataset.getDataType()).getByteOrder());
            return numbers(i -> Float16.value(raw.getShort(i * Short.BYTES)));
        });
    }

    /** @throws DataException if the values are not of type float32 */
    public float[] floats() {
        if (!type().equals("float32")) {
            throw broken("wrong type", "float32", type());
        }
        return HdfSource.guarded(source.path(), () -> {
            ByteBuffer raw = ByteBuffer.wrap(raw()).order(((FloatingPoint) dataset.getDataType()).getByteOrder());
            float[] floats = new float[size()];
            raw.asFloatBuffer().get(floats);
            return floats;
        });
    }

    /** Whether the values are booleans as h5py writes them: an enum of FALSE and TRUE in one byte. */
    public boolean areBooleans() {
        return HdfSource.guarded(
                source.path(),
                () -> dataset.getDataType() instanceof EnumDataType type
                        && type.getSize() == 1
                        && type.getEnumMapping().equals(Map.of(0, "FALSE", 1, "TRUE")));
    }

    /**
     * Bytes of 0 or 1.
     *
     * @throws DataException if the values are not booleans
     */
    public byte[] booleans() {
        if (!areBooleans()) {
            throw broken("wrong type", "booleans", type());
        }
        byte[] booleans = HdfSource.guarded(source.path(), this::raw);
        for (byte value : booleans) {
            if (value != 0 && value != 1) {
                throw broken("damaged booleans", "0 or 1", value);
            }
        }
        return booleans;
    }

    /** @throws DataException if the values are not strings */
    public List<String> strings() {
        if (!type().equals("string")) {
            throw broken("wrong type", "string", type());
        }
        List<String> strings = HdfSource.guarded(source.path(), () -> {
            ByteBuffer raw = ByteBuffer.wrap(raw()).order(ByteOrder.LITTLE_ENDIAN);
            Object values = size() == 0
                    ? new Object[0]
                    : dataset.getDataType().fillData(raw, new int[] {size()}, source.storage());
            return Arrays.stream((Object[]) values).map(String::valueOf).toList();
        });
        for (String text : strings) {
            if (text.indexOf(REPLACEMENT) >= 0) {
                throw broken("damaged text", "the encoding that the file names", text);
            }
        }
        return strings;
    }

    /** @throws DataException if the shape is another one */
    public void requireShape(long... expected) {
        if (!Arrays.equals(shape, expected)) {
            throw broken("wrong shape", tuple(expected), shapeText());
        }
    }

    /** An exception about this dataset. */
    public DataException broken(String rule, String expected, Object found) {
        return DataException.of(source.path(), name + ": " + rule, expected, found);
    }

    /**
     * All bytes as they were written, in C order. Read here and not by jhdf, which takes zeros where nothing was written, and reads on behind
     * the end of a file.
     */
    private byte[] raw() {
        if (size() == 0) {
            return new byte[0];
        }
        ObjectHeader header = ((DatasetBase) dataset).getHeader();
        HdfBackingStorage storage = source.storage();
        int length = size() * dataset.getDataType().getSize();
        if (dataset instanceof ChunkedDataset chunked) {
            return new HdfChunks(this, storage, chunked, header).read();
        }
        ByteBuffer values;
        if (dataset instanceof ContiguousDataset contiguous) {
            long address = contiguous.getDataAddress();
            if (address == Constants.UNDEFINED_ADDRESS) {
                throw broken("values were never written", shapeText() + " values", "none");
            }
            long end = address + storage.getUserBlockSize() + length;
            if (address < 0 || end > source.size()) {
                throw broken("truncated HDF5 file", end + " bytes", source.size() + " bytes");
            }
            // layouts before version 3 do not tell the size, which is then negative here
            long told = ((ContiguousDataLayoutMessage) header.getMessageOfType(DataLayoutMessage.class)).getSize();
            if (told >= 0 && told != length) {
                throw broken("damaged values", length + " bytes", told);
            }
            values = storage.map(address, length);
        } else if (header.getMessageOfType(DataLayoutMessage.class) instanceof CompactDataLayoutMessage compact) {
            values = compact.getDataBuffer().duplicate();
        } else {
            throw broken("unsupported layout", "contiguous, compact or chunked values", dataset.getDataLayout());
        }
        if (values.remaining() != length) {
            throw broken("damaged values", length + " bytes", values.remaining());
        }
        byte[] raw = new byte[length];
        values.get(raw);
        return raw;
    }

    private double[] numbers(IntToDoubleFunction value) {
        double[] numbers = new double[size()];
        Arrays.setAll(numbers, value);
        return numbers;
    }

    private static long bits(ByteBuffer raw, int index, int width) {
        return switch (width) {
            case Byte.BYTES -> raw.get(index);
            case Short.BYTES -> raw.getShort(index * width);
            case Integer.BYTES -> raw.getInt(index * width);
            default -> raw.getLong(index * width);
        };
    }

    /** A number can fill only some of the bits of its bytes. */
    private long integer(FixedPoint type, long bits) {
        int precision = type.getBitPrecision();
        int offset = type.getBitOffset();
        if (precision < 1 || offset < 0 || offset + precision > Byte.SIZE * type.getSize()) {
            String expected = "bits within " + Byte.SIZE * type.getSize();
            throw broken("damaged type", expected, precision + " bits from bit " + offset + " on");
        }
        long up = bits << (Long.SIZE - offset - precision);
        int down = Long.SIZE - precision;
        return type.isSigned() ? up >> down : up >>> down;
    }

    /** The layout of Java's own numbers; a file can describe any other. */
    private static boolean isIeee(FloatingPoint type) {
        int bits = Byte.SIZE * type.getSize();
        int exponent = bits == 16 ? 5 : bits == 32 ? 8 : 11;
        int mantissa = bits - 1 - exponent;
        return (bits == 16 || bits == 32 || bits == 64)
                && type.getBitOffset() == 0
                && type.getBitPrecision() == bits
                && type.getSignLocation() == bits - 1
                && type.getExponentLocation() == mantissa
                && type.getExponentSize() == exponent
                && type.getMantissaLocation() == 0
                && type.getMantissaSize() == mantissa
                && type.getMantissaNormalization() == IMPLIED_ONE
                && type.getExponentBias() == (1 << (exponent - 1)) - 1;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s%s", name, type(), shapeText());
    }
}
