package io.github.layerc.emit.code;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the kernels of one class need of it besides its workspace: scratch arrays, which they share since no two run at a time, and constants. Where an
 * emitter writes the access to an array it takes the array's name from here and says how far the access reaches, so that no array can be
 * shorter than what is stored into it.
 */
public final class Scratch {
    private final Precision precision;
    private int laneVectors;
    private boolean sumsOfLanes;
    private boolean lanesInRegisters;
    private int sums;
    private int copiedRows;
    private int summedRows;
    private int rowLength;

    /** Samples by the layer whose partial sums are kept for so many of them. */
    private final Map<Integer, Integer> partialSamples = new TreeMap<>();

    /** The lengths of transposed weights by layer. */
    private final Map<Integer, String> transposed = new TreeMap<>();

    private final TreeSet<Integer> tails = new TreeSet<>();

    /** An array: its name, its documentation, the extents of its dimensions as expressions. */
    public record Array(String name, String description, List<String> extents) {}

    Scratch(Precision precision) {
        this.precision = precision;
    }

    /** The array for vectors of a tile; the access reaches so many of them. */
    public String lanes(int vectors) {
        laneVectors = Math.max(laneVectors, vectors);
        return "lanes";
    }

    /** A call of the method that sums up the vector of an array that starts at a place. */
    public String sumOfLanes(String array, String at) {
        sumsOfLanes = true;
        return "sumOfLanes(" + array + ", " + at + ")";
    }

    public boolean sumsOfLanes() {
        return sumsOfLanes;
    }

    /** To be called where the constants of {@link LaneConstants} are used. */
    public void sumsLanesInRegisters() {
        lanesInRegisters = true;
    }

    /** The array for partial sums of some samples: a vector for each unit of a layer. */
    public String partials(int layer, int samples) {
        partialSamples.merge(layer, samples, Math::max);
        if (partialSamples.size() > 1) {
            throw new AssertionError("partial sums of several layers: " + partialSamples.keySet());
        }
        return "partials";
    }

    /** The array for sums of some rows over a block of columns. */
    public String sums(int length) {
        sums = Math.max(sums, length);
        return "sums";
    }

    /** The arrays for copies of so many rows of at most so many elements. */
    public String rowCopies(int rows, int length) {
        copiedRows = Math.max(copiedRows, rows);
        rowLength = Math.max(rowLength, length);
        return "rowCopies";
    }

    /** The arrays for sums of so many such rows. */
    public String rowSums(int rows, int length) {
        summedRows = Math.max(summedRows, rows);
        rowLength = Math.max(rowLength, length);
        return "rowSums";
    }

    /** The array for a transposed copy of a layer's weights, of a length. */
    public String transposed(int layer, String length) {
        transposed.put(layer, length);
        return "transposed" + layer;
    }

    /** The constant with the lanes that hold units of a layer in the last vector of a row of them. */
    public String tail(int layer) {
        tails.add(layer);
        return "TAIL_" + layer;
    }

    public List<Array> arrays() {
        List<Array> arrays = new ArrayList<>();
        transposed.forEach((layer, length) -> arrays.add(new Array(
                "transposed" + layer,
                "Weights of layer " + layer + " in rows of inputs, for the deltas of many samples.",
                List.of(length))));
        if (laneVectors > 0) {
            String length = Operand.product(String.valueOf(laneVectors), "LANES");
            arrays.add(new Array("lanes", "Vectors of a tile, to be summed up or finished.", List.of(length)));
        }
        partialSamples.forEach((layer, samples) -> arrays.add(new Array(
                "partials",
                "Partial sums of layer " + layer + ": one vector for each unit of some samples.",
                List.of("Math.min(capacity, " + samples + ") * " + Names.units(layer) + " * LANES"))));
        if (sums > 0) {
            arrays.add(new Array("sums", "Sums of some rows over a block of columns.", List.of(String.valueOf(sums))));
        }
        if (copiedRows > 0) {
            arrays.add(new Array(
                    "rowCopies",
                    "Blocks of rows, copied to where loops over them can be vectors.",
                    List.of(String.valueOf(copiedRows), String.valueOf(rowLength))));
        }
        if (summedRows > 0) {
            arrays.add(new Array(
                    "rowSums", "Sums of such blocks.", List.of(String.valueOf(summedRows), String.valueOf(rowLength))));
        }
        return arrays;
    }

    public TypeName type(Array array) {
        TypeName type = Argument.element(precision);
        for (int i = 0; i < array.extents().size(); i++) {
            type = ArrayTypeName.of(type);
        }
        return type;
    }

    public List<FieldSpec> constants() {
        List<FieldSpec> constants = new ArrayList<>();
        if (lanesInRegisters) {
            constants.addAll(LaneConstants.of(precision));
        }
        return constants;
    }

    /** Constants behind those with the numbers of units, of which they are made. */
    public List<FieldSpec> tails() {
        TypeName mask = ParameterizedTypeName.get(
                ClassName.get("jdk.incubator.vector", "VectorMask"),
                Argument.element(precision).box());
        List<FieldSpec> constants = new ArrayList<>();
        for (int layer : tails) {
            String units = Names.units(layer);
            constants.add(Members.constant(
                            mask,
                            "TAIL_" + layer,
                            CodeBlock.of("SPECIES.indexInRange($L / LANES * LANES, $L)", units, units))
                    .toBuilder()
                    .addJavadoc(
                            "The lanes of the last vector of a row that are units of layer $L, not padding.\n", layer)
                    .build());
        }
        return constants;
    }
}
