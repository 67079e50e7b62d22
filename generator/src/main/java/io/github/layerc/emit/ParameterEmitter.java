package io.github.layerc.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Members;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Precision;
import io.github.layerc.schedule.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Where parameters lie in the array of a class, and the methods that move them between there and the canonical layout. */
final class ParameterEmitter {
    /** Moves of one method: more would make it larger than HotSpot compiles. */
    private static final int MOST_LAYERS = 50;

    /**
     * Bytes in front of the first weight: with the 16 of an array's header they fill a cache line. G1 starts a large array where a region starts, or
     * often does, so that a vector of weights is in one line and not in two: predictions of [64, 512, 512, 1] take a fifth less time.
     */
    private static final int BYTES_IN_FRONT = Machine.CACHE_LINE_BYTES - 16;

    private static final Name CANONICAL = Expression.name("canonical");
    private static final Name PACKED = Expression.name("packed");
    private static final Expression NONE = Expression.number(0);

    private final Emission emission;
    private final List<Layer> layers;

    ParameterEmitter(Emission emission) {
        this.emission = emission;
        this.layers = emission.network().layers();
    }

    /** What the array holds. */
    String description() {
        if (emission.storage().canonical()) {
            return "W1, b1, W2, b2, ..., weights row-major {@code [units][fan-in]}" + normalized() + ".";
        }
        String padded = "W1, b1, W2, b2, ..., rows padded to whole vectors with what no result depends on";
        return padded + panels() + normalized()
                + ". What is free in front of W1 fills a cache line with the header of the array.";
    }

    /** What stands behind biases. */
    private String normalized() {
        return layers.stream().allMatch(layer -> layer.vectorCount() == 1)
                ? ""
                : "; behind the bias of a normalised layer gamma and, where it has such, running mean and variance";
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
                Expression last = Expression.difference(
                        Expression.sum(Names.units(layer.number()), Names.LANES), Expression.number(1));
                fields.add(constant(emission.width(layer.number()), Expression.whole(last, Names.LANES)));
            }
        }
        for (Layer layer : layers) {
            int number = layer.number();
            int vectors = panel(number);
            if (vectors > 0) {
                Name panel = Names.panel(number);
                fields.add(constant(panel, Expression.times(Expression.number(vectors), Names.LANES)));
                fields.add(constant(Names.panelSize(number), Expression.product(Names.units(number - 1), panel)));
            }
        }
        for (Layer layer : layers) {
            int number = layer.number();
            fields.add(Members.constant(TypeName.INT, Names.weights(number).text(), weightsAt(layer)));
            fields.add(Members.constant(TypeName.INT, Names.bias(number).text(), biasAt(layer)));
            List<Expression> vectors = emission.vectorsAt(number);
            for (int v = 1; v < vectors.size() && emission.namesVectors(); v++) {
                Expression behind = Expression.sum(vectors.get(v - 1), emission.width(number));
                fields.add(constant((Name) vectors.get(v), behind));
            }
        }
        Layer last = layers.get(layers.size() - 1);
        CodeBlock end = emission.storage().canonical() ? Members.number(last.end()) : print(end(last));
        fields.add(FieldSpec.builder(TypeName.INT, "PARAMETERS", Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("Length of the array with the parameters.\n")
                .initializer(end)
                .build());
        return fields;
    }

    private CodeBlock print(Expression expression) {
        return emission.words().printer().print(expression);
    }

    private FieldSpec constant(Name name, Expression value) {
        return Members.constant(TypeName.INT, name.text(), print(value));
    }

    /** The place behind all of a layer. */
    private Expression end(Layer layer) {
        List<Expression> vectors = emission.vectorsAt(layer.number());
        return Expression.sum(vectors.get(vectors.size() - 1), emission.width(layer.number()));
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
        List<Expression> vectors = emission.vectorsAt(previous);
        Expression vector = vectors.get(vectors.size() - 1);
        Expression width = emission.width(previous);
        // javac follows a chain of constants on its stack; a call ends it
        return print(
                previous % MOST_LAYERS == 0
                        ? Expression.math("addExact", vector, width)
                        : Expression.sum(vector, width));
    }

    private CodeBlock biasAt(Layer layer) {
        if (emission.storage().canonical()) {
            return Members.number(layer.biasAt());
        }
        int number = layer.number();
        Expression weights = Names.weights(number);
        if (panel(number) > 0) {
            Name panel = Names.panel(number);
            Expression last = Expression.difference(Expression.sum(Names.units(number), panel), Expression.number(1));
            Expression panels = Expression.quotient(last, panel);
            return print(Expression.sum(weights, Expression.product(panels, Names.panelSize(number))));
        }
        boolean inputRows = emission.storage().weights(number).unitsInLanes();
        Expression rows = inputRows ? Names.units(number - 1) : Names.units(number);
        Expression width = inputRows ? emission.width(number) : emission.width(number - 1);
        return print(Expression.sum(weights, Expression.product(rows, width)));
    }

    private int panel(int layer) {
        return emission.storage().weights(layer).panel();
    }

    /** {@code places}, {@code weightRows}, {@code pack} and {@code unpack}, and the parts that they were split into. */
    List<MethodSpec> methods() {
        List<MethodSpec> methods = new ArrayList<>();
        numbers(methods, "places", layer -> List.of(Names.weights(layer.number()), Names.bias(layer.number())));
        numbers(methods, "weightRows", this::weightRows);
        methods.addAll(pack());
        methods.addAll(unpack());
        return methods;
    }

    /** Of each layer, groups of four: where the first row of its weights starts, the length of a row, the distance of two, their number. */
    List<List<CodeBlock>> weightRows() {
        return layers.stream()
                .map(layer -> weightRows(layer).stream().map(this::print).toList())
                .toList();
    }

    List<MethodSpec> pack() {
        return move("pack", "canonical", "packed");
    }

    List<MethodSpec> unpack() {
        return move("unpack", "packed", "canonical");
    }

    /** The rows of a layer's weights: those of panels, which have no padding, are one, and those of a last panel that is not full. */
    private List<Expression> weightRows(Layer layer) {
        int number = layer.number();
        Expression units = Names.units(number);
        Expression inputs = Names.units(number - 1);
        Expression weights = Names.weights(number);
        Expression once = Expression.number(1);
        if (emission.storage().canonical()) {
            Expression all = Expression.product(units, inputs);
            return List.of(weights, all, all, once);
        }
        if (panel(number) > 0) {
            Expression panel = Names.panel(number);
            Expression full = Expression.product(Expression.quotient(units, panel), Names.panelSize(number));
            Expression rest = Expression.remainder(units, panel);
            return List.of(weights, full, full, once, Expression.sum(weights, full), rest, panel, inputs);
        }
        return emission.storage().weights(number).unitsInLanes()
                ? List.of(weights, units, emission.width(number), inputs)
                : List.of(weights, inputs, emission.width(number - 1), units);
    }

    /** A method that returns numbers of every layer. */
    private void numbers(List<MethodSpec> methods, String name, Function<Layer, List<Expression>> ofLayer) {
        MethodSpec.Builder method = Members.override(name, ArrayTypeName.of(TypeName.INT));
        if (layers.size() <= MOST_LAYERS) {
            List<CodeBlock> all = layers.stream()
                    .flatMap(layer -> ofLayer.apply(layer).stream())
                    .map(this::print)
                    .toList();
            methods.add(method.addStatement("return new int[] {$L}", CodeBlock.join(all, ", "))
                    .build());
            return;
        }
        List<MethodSpec> parts = new ArrayList<>();
        Name array = Expression.name(name);
        Body calls = new Body();
        int at = 0;
        for (int first = 0; first < layers.size(); first += MOST_LAYERS) {
            String part = name + "Part" + (first / MOST_LAYERS + 1);
            calls.run(Expression.call(part, List.of(array)));
            Body some = new Body();
            for (Layer layer : layers.subList(first, Math.min(first + MOST_LAYERS, layers.size()))) {
                for (Expression number : ofLayer.apply(layer)) {
                    some.assign(Expression.element(array, Expression.number(at++)), number);
                }
            }
            parts.add(MethodSpec.methodBuilder(part)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addParameter(ArrayTypeName.of(TypeName.INT), name)
                    .addCode(print(some))
                    .build());
        }
        methods.add(method.addStatement("int[] $L = new int[$L]", name, at)
                .addCode(print(calls.leave(array)))
                .build());
        methods.addAll(parts);
    }

    private CodeBlock print(Body body) {
        return emission.words().printer().print(body.build());
    }

    private List<MethodSpec> move(String name, String from, String to) {
        List<MethodSpec> methods = new ArrayList<>();
        MethodSpec.Builder method = method(name, from, to);
        if (emission.standsAlone()) {
            method.addModifiers(Modifier.PRIVATE, Modifier.STATIC);
        } else {
            method.addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
        }
        Body body = new Body();
        if (emission.storage().canonical()) {
            body.run(copy(Expression.name(from), NONE, Expression.name(to), NONE, Expression.name("PARAMETERS")));
            methods.add(method.addCode(print(body)).build());
            return methods;
        }
        boolean packs = to.equals(PACKED.text());
        if (layers.size() <= MOST_LAYERS) {
            layers.forEach(layer -> moveLayer(body, layer, packs));
            methods.add(method.addCode(print(body)).build());
            return methods;
        }
        List<MethodSpec> parts = new ArrayList<>();
        for (int first = 0; first < layers.size(); first += MOST_LAYERS) {
            String part = name + "Part" + (first / MOST_LAYERS + 1);
            body.run(Expression.call(part, List.of(Expression.name(from), Expression.name(to))));
            Body moves = new Body();
            layers.subList(first, Math.min(first + MOST_LAYERS, layers.size()))
                    .forEach(layer -> moveLayer(moves, layer, packs));
            parts.add(method(part, from, to)
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .addCode(print(moves))
                    .build());
        }
        methods.add(method.addCode(print(body)).build());
        methods.addAll(parts);
        return methods;
    }

    private MethodSpec.Builder method(String name, String from, String to) {
        TypeName array = ArrayTypeName.of(Argument.element(emission.network().precision()));
        return MethodSpec.methodBuilder(name).addParameter(array, from).addParameter(array, to);
    }

    private void moveLayer(Body body, Layer layer, boolean packs) {
        int number = layer.number();
        Expression units = Names.units(number);
        Expression inputs = Names.units(number - 1);
        List<Expression> canonical = List.of(CANONICAL, Expression.number(layer.weightsAt()), inputs);
        if (panel(number) > 0) {
            List<Expression> sizes = List.of(units, inputs, Names.panel(number));
            List<Expression> packed = List.of(PACKED, Names.weights(number));
            body.run(
                    packs
                            ? packing("panels", canonical, sizes, packed)
                            : packing("rowsOfPanels", packed, sizes, canonical));
        } else {
            boolean inputRows = emission.storage().weights(number).unitsInLanes();
            Expression width = inputRows ? emission.width(number) : emission.width(number - 1);
            List<Expression> packed = List.of(PACKED, Names.weights(number), width);
            List<Expression> sizes = inputRows && !packs ? List.of(inputs, units) : List.of(units, inputs);
            String name = inputRows ? "transpose" : "copyRows";
            body.run(packs ? packing(name, canonical, packed, sizes) : packing(name, packed, canonical, sizes));
        }
        List<Expression> vectors = emission.vectorsAt(number);
        for (int v = 0; v < vectors.size(); v++) {
            Expression vector = Expression.number(layer.biasAt() + v * layer.units());
            Expression packedVector = vectors.get(v);
            body.run(
                    packs
                            ? copy(CANONICAL, vector, PACKED, packedVector, units)
                            : copy(PACKED, packedVector, CANONICAL, vector, units));
        }
    }

    private Call packing(String method, List<Expression> from, List<Expression> to, List<Expression> last) {
        Expression[] arguments = Stream.of(from, to, last).flatMap(List::stream).toArray(Expression[]::new);
        return emission.support(emission.words().packing(), method, arguments);
    }

    private static Call copy(Expression from, Expression fromAt, Expression to, Expression toAt, Expression length) {
        return Expression.call(ClassName.get(System.class), "arraycopy", from, fromAt, to, toAt, length);
    }
}
