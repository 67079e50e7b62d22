package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Names;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Where parameters lie in the array of a class, and the methods that move them between there and the canonical layout. */
final class ParameterEmitter {
    /** Moves of one method: more would make it larger than HotSpot compiles. */
    private static final int MOST_LAYERS = 50;

    /**
     * Bytes in front of the first weight: with the 16 of an array's header they fill a cache line. G1 starts a large array where a region starts, or
     * often does, so that a vector of weights is in one line and not in two: predictions of [64, 512, 512, 1] take a fifth less time.
     */
    private static final int BYTES_IN_FRONT = 48;

    private final Emission emission;
    private final List<Layer> layers;

    ParameterEmitter(Emission emission) {
        this.emission = emission;
        this.layers = emission.network().layers();
    }

    /** What the array holds. */
    String description() {
        if (emission.storage().canonical()) {
            return "W1, b1, W2, b2, ..., weights row-major {@code [units][fan-in]}.";
        }
        String padded = "W1, b1, W2, b2, ..., rows padded to whole vectors with what no result depends on";
        return padded + panels() + ". What is free in front of W1 fills a cache line with the header of the array.";
    }

    /** The layers whose weights lie in panels, those of one width together. */
    private String panels() {
        Map<Integer, List<String>> byWidth = new TreeMap<>();
        for (Layer layer : layers) {
            int vectors = panel(layer.number());
            if (vectors > 0) {
                byWidth.computeIfAbsent(vectors, width -> new ArrayList<>()).add("W" + layer.number());
            }
        }
        StringBuilder text = new StringBuilder();
        byWidth.forEach((vectors, names) -> text.append("; ")
                .append(String.join(", ", names))
                .append(" in panels of ")
                .append(vectors == 1 ? "one vector" : vectors + " vectors")
                .append(" of units, {@code [panels][inputs][units]}"));
        return text.toString();
    }

    /** The widths of padded rows, the place of each weight matrix and bias, and the number of parameters in all. */
    List<FieldSpec> constants() {
        List<FieldSpec> fields = new ArrayList<>();
        if (emission.padded()) {
            for (Layer layer : layers) {
                fields.add(constant(
                        emission.widthName(layer.number()),
                        CodeBlock.of("(" + Names.units(layer.number()) + " + LANES - 1) / LANES * LANES")));
            }
        }
        for (Layer layer : layers) {
            int number = layer.number();
            int vectors = panel(number);
            if (vectors > 0) {
                String panel = Names.panel(number);
                fields.add(constant(panel, CodeBlock.of(vectors + " * LANES")));
                String size = Names.units(number - 1) + " * " + panel;
                fields.add(constant(Names.panelSize(number), CodeBlock.of(size)));
            }
        }
        for (Layer layer : layers) {
            int number = layer.number();
            fields.add(constant("W" + number, weightsAt(layer)));
            fields.add(constant("B" + number, biasAt(layer)));
        }
        Layer last = layers.get(layers.size() - 1);
        CodeBlock end = emission.storage().canonical()
                ? Members.number(last.end())
                : CodeBlock.of("B$L + $L", last.number(), emission.widthName(last.number()));
        fields.add(FieldSpec.builder(TypeName.INT, "PARAMETERS", Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("Length of the array with the parameters.\n")
                .initializer(end)
                .build());
        return fields;
    }

    private CodeBlock weightsAt(Layer layer) {
        int previous = layer.number() - 1;
        if (emission.storage().canonical()) {
            return Members.number(layer.weightsAt());
        }
        if (previous == 0) {
            boolean isFloat = emission.network().precision() == Precision.FLOAT;
            return CodeBlock.of("$L", BYTES_IN_FRONT / (isFloat ? Float.BYTES : Double.BYTES));
        }
        // javac follows a chain of constants on its stack; a call ends it
        String sum = previous % MOST_LAYERS == 0 ? "Math.addExact(B$L, $L)" : "B$L + $L";
        return CodeBlock.of(sum, previous, emission.widthName(previous));
    }

    private CodeBlock biasAt(Layer layer) {
        if (emission.storage().canonical()) {
            return Members.number(layer.biasAt());
        }
        int number = layer.number();
        if (panel(number) > 0) {
            String panel = Names.panel(number);
            return CodeBlock.of(
                    "W$L + ($L + $L - 1) / $L * $L",
                    number,
                    Names.units(number),
                    panel,
                    panel,
                    Names.panelSize(number));
        }
        boolean inputRows = emission.storage().weights(number).unitsInLanes();
        String rows = inputRows ? Names.units(number - 1) : Names.units(number);
        String width = inputRows ? emission.widthName(number) : emission.widthName(number - 1);
        return CodeBlock.of("W$L + $L * $L", number, rows, width);
    }

    private int panel(int layer) {
        return emission.storage().weights(layer).panel();
    }

    private static FieldSpec constant(String name, CodeBlock value) {
        return Members.constant(TypeName.INT, name, value);
    }

    /** {@code places}, {@code weightRows}, {@code pack} and {@code unpack}, and the parts that they were split into. */
    List<MethodSpec> methods() {
        List<MethodSpec> methods = new ArrayList<>();
        numbers(methods, "places", layer -> List.of("W" + layer.number(), "B" + layer.number()));
        numbers(methods, "weightRows", this::weightRows);
        move(methods, "pack", "canonical", "packed");
        move(methods, "unpack", "packed", "canonical");
        return methods;
    }

    /** The rows of a layer's weights: those of panels, which have no padding, are one, and those of a last panel that is not full. */
    private List<String> weightRows(Layer layer) {
        int number = layer.number();
        String units = Names.units(number);
        String inputs = Names.units(number - 1);
        String weights = "W" + number;
        if (emission.storage().canonical()) {
            String all = units + " * " + inputs;
            return List.of(weights, all, all, "1");
        }
        if (panel(number) > 0) {
            String panel = Names.panel(number);
            String full = units + " / " + panel + " * " + Names.panelSize(number);
            return List.of(weights, full, full, "1", weights + " + " + full, units + " % " + panel, panel, inputs);
        }
        return emission.storage().weights(number).unitsInLanes()
                ? List.of(weights, units, emission.widthName(number), inputs)
                : List.of(weights, inputs, emission.widthName(number - 1), units);
    }

    /** A method that returns numbers of every layer. */
    private void numbers(List<MethodSpec> methods, String name, Function<Layer, List<String>> ofLayer) {
        MethodSpec.Builder method = Members.override(name, ArrayTypeName.of(TypeName.INT));
        Lines lines = new Lines();
        if (layers.size() <= MOST_LAYERS) {
            String all = layers.stream()
                    .flatMap(layer -> ofLayer.apply(layer).stream())
                    .collect(Collectors.joining(", "));
            methods.add(
                    method.addCode(lines.line("return new int[] {" + all + "}").build())
                            .build());
            return;
        }
        List<MethodSpec> parts = new ArrayList<>();
        int at = 0;
        for (int first = 0; first < layers.size(); first += MOST_LAYERS) {
            String part = name + "Part" + (first / MOST_LAYERS + 1);
            lines.line(part + "(" + name + ")");
            Lines some = new Lines();
            for (Layer layer : layers.subList(first, Math.min(first + MOST_LAYERS, layers.size()))) {
                for (String number : ofLayer.apply(layer)) {
                    some.line(name + "[" + at++ + "] = " + number);
                }
            }
            parts.add(MethodSpec.methodBuilder(part)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addParameter(ArrayTypeName.of(TypeName.INT), name)
                    .addCode(some.build())
                    .build());
        }
        Lines all = new Lines().line("int[] " + name + " = new int[" + at + "]");
        methods.add(method.addCode(all.build())
                .addCode(lines.line("return " + name).build())
                .build());
        methods.addAll(parts);
    }

    private void move(List<MethodSpec> methods, String name, String from, String to) {
        MethodSpec.Builder method =
                method(name, from, to).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
        Lines lines = new Lines();
        if (emission.storage().canonical()) {
            lines.line("System.arraycopy(" + from + ", 0, " + to + ", 0, PARAMETERS)");
            methods.add(method.addCode(lines.build()).build());
            return;
        }
        boolean packs = to.equals("packed");
        if (layers.size() <= MOST_LAYERS) {
            layers.forEach(layer -> moveLayer(lines, layer, packs));
            methods.add(method.addCode(lines.build()).build());
            return;
        }
        List<MethodSpec> parts = new ArrayList<>();
        for (int first = 0; first < layers.size(); first += MOST_LAYERS) {
            String part = name + "Part" + (first / MOST_LAYERS + 1);
            lines.line(part + "(" + from + ", " + to + ")");
            Lines moves = new Lines();
            layers.subList(first, Math.min(first + MOST_LAYERS, layers.size()))
                    .forEach(layer -> moveLayer(moves, layer, packs));
            parts.add(method(part, from, to)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addCode(moves.build())
                    .build());
        }
        methods.add(method.addCode(lines.build()).build());
        methods.addAll(parts);
    }

    private MethodSpec.Builder method(String name, String from, String to) {
        TypeName array = ArrayTypeName.of(Argument.element(emission.network().precision()));
        return MethodSpec.methodBuilder(name).addParameter(array, from).addParameter(array, to);
    }

    private void moveLayer(Lines lines, Layer layer, boolean packs) {
        int number = layer.number();
        String packing = emission.words().vectorClass().replace("Vector", "Packing");
        String units = Names.units(number);
        String inputs = Names.units(number - 1);
        boolean inputRows = emission.storage().weights(number).unitsInLanes();
        String width = inputRows ? emission.widthName(number) : emission.widthName(number - 1);
        String canonical = "canonical, " + layer.weightsAt() + ", " + inputs;
        String packed = "packed, W" + number;
        if (panel(number) > 0) {
            String sizes = String.join(", ", units, inputs, Names.panel(number));
            lines.line(packing
                    + (packs
                            ? ".panels(" + String.join(", ", canonical, sizes, packed)
                            : ".rowsOfPanels(" + String.join(", ", packed, sizes, canonical))
                    + ")");
        } else {
            packed = packed + ", " + width;
            String sizes = inputRows && !packs ? inputs + ", " + units : units + ", " + inputs;
            lines.line(packing + (inputRows ? ".transpose(" : ".copyRows(")
                    + String.join(", ", packs ? canonical : packed, packs ? packed : canonical, sizes) + ")");
        }
        String bias = "canonical, " + layer.biasAt();
        String packedBias = "packed, B" + number;
        lines.line("System.arraycopy(" + (packs ? bias + ", " + packedBias : packedBias + ", " + bias) + ", " + units
                + ")");
    }
}
