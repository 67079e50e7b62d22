package io.github.layerc.schedule;

import io.github.layerc.network.Network;
import io.github.layerc.program.op.Product;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From which sizes on a kernel goes one way and not another: what the tile and the blocks of a {@link Schedule} leave open, since it is about few
 * samples, small layers and what full tiles leave.
 *
 * @param oneSampleVectors the most vectors of a tile of one sample: twice as many accumulators fit 32 registers, and more calls of the Vector
 *     API do not fit what C2 inlines
 * @param longReduction terms from which on the sum of one sample is worth two halves, however many vectors the tile has
 * @param shortReduction terms from which on it is worth as many parts as keep multiply-adds independent
 * @param mostParts of such a sum
 * @param wholeLayer weights of a layer up to which multiplying one sample with them takes little longer than getting there, so that a tile that is
 *     all of the layer pays
 * @param sharedGradient weights of a layer from which on its gradient is worth sharing out among threads
 * @param copiedColumns with fewer columns, to copy rows of them takes longer in plain Java than vectors save
 * @param fewUnits so few units of samples that are side by side are done in numbers: C2 compiles them in a fraction of the time
 * @param fewOutputs units of an output that leave vectors of them nearly empty
 * @param manyLayers layers of a network from which on those of one shape share kernels, else their code would grow with their number; with fewer,
 *     each has its own, which names what it works on
 */
public record Thresholds(
        int oneSampleVectors,
        int longReduction,
        int shortReduction,
        int mostParts,
        int wholeLayer,
        int sharedGradient,
        int copiedColumns,
        int fewUnits,
        int fewOutputs,
        int manyLayers) {

    public static final Thresholds USUAL = new Thresholds(8, 64, 16, 4, 4096, 4096, 64, 4, 2, 16);

    /** @throws IllegalArgumentException if one is below 1, or no power of two where it has to be */
    public Thresholds {
        requirePowerOfTwo("oneSampleVectors", oneSampleVectors);
        requirePositive("longReduction", longReduction);
        requirePositive("shortReduction", shortReduction);
        requirePowerOfTwo("mostParts", mostParts);
        requirePositive("wholeLayer", wholeLayer);
        requirePositive("sharedGradient", sharedGradient);
        requirePositive("copiedColumns", copiedColumns);
        requirePositive("fewUnits", fewUnits);
        requirePositive("fewOutputs", fewOutputs);
        requirePositive("manyLayers", manyLayers);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("expected a number from 1 on: " + name + "=" + value);
        }
    }

    private static void requirePowerOfTwo(String name, int value) {
        if (value < 1 || Integer.bitCount(value) != 1) {
            throw new IllegalArgumentException("expected a power of two: " + name + "=" + value);
        }
    }

    /** All of them by the names of the record, in its order. */
    public Map<String, Integer> byName() {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (RecordComponent component : Thresholds.class.getRecordComponents()) {
            try {
                values.put(
                        component.getName(), (Integer) component.getAccessor().invoke(this));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a public component of a public record: " + component, e);
            }
        }
        return values;
    }

    /**
     * The same with another number.
     *
     * @throws IllegalArgumentException if none has that name, or it does not accept the number
     */
    public Thresholds with(String name, int value) {
        Map<String, Integer> values = byName();
        if (values.replace(name, value) == null) {
            throw new IllegalArgumentException(
                    "expected one of " + String.join(", ", values.keySet()) + ": " + name + "=" + value);
        }
        return of(List.copyOf(values.values()));
    }

    private static Thresholds of(List<Integer> values) {
        Iterator<Integer> next = values.iterator();
        // arguments are evaluated from left to right
        return new Thresholds(
                next.next(),
                next.next(),
                next.next(),
                next.next(),
                next.next(),
                next.next(),
                next.next(),
                next.next(),
                next.next(),
                next.next());
    }

    /** Elements of the shortest vector, of floats, that is worth a wide tile. */
    private static final int FEWEST_ELEMENTS = Machine.SHORTEST_VECTOR_BYTES / Float.BYTES;

    /** Parts of a sum that go side by side in a tile of one sample and some vectors, a power of two. */
    public int parts(int terms, int vectors) {
        if (terms < shortReduction) {
            return 1;
        }
        int least = terms >= longReduction ? 2 : 1;
        return Math.max(least, Math.min(mostParts, Machine.INDEPENDENT_MULTIPLY_ADDS / vectors));
    }

    /**
     * Vectors of a tile of fewer samples than a full tile has: a power of two that leaves no more accumulators than that one, or than hide each
     * other's latency.
     *
     * @param elements along the lanes, 0 where their number is known at run time only
     */
    public int vectors(Schedule tile, int samples, int elements) {
        int accumulators = Math.max(tile.mr() * tile.nr(), Machine.INDEPENDENT_MULTIPLY_ADDS);
        return powerOfTwo(Math.min(accumulators / samples, oneSampleVectors), shortestVectors(elements));
    }

    /** Vectors of the widest tile of a gradient of one sample, a power of two. */
    public int gradientVectors(int elements) {
        return elements == 0 ? oneSampleVectors : powerOfTwo(oneSampleVectors, shortestVectors(elements));
    }

    private static int shortestVectors(int elements) {
        return (elements + FEWEST_ELEMENTS - 1) / FEWEST_ELEMENTS;
    }

    private static int powerOfTwo(int most, int vectors) {
        return Integer.highestOneBit(Math.max(1, Math.min(most, vectors)));
    }

    /** Whether a tile that is all of the layer pays for one sample. */
    public boolean isSmall(Product product) {
        return product.matrix().elements() <= wholeLayer;
    }

    /** Whether a weight gradient is worth sharing out among threads. */
    public boolean sharesGradient(Product product) {
        return product.matrix().elements() >= sharedGradient;
    }

    /** Whether layers of one shape share kernels. */
    public boolean sharesKernels(Network network) {
        return network.layers().size() >= manyLayers;
    }

    /** @param columns 0 where their number is known at run time only */
    public boolean copiesRows(int columns) {
        return columns == 0 || columns >= copiedColumns;
    }
}
