package io.github.layerc.exchange.onnx.write;

import io.github.layerc.exchange.onnx.write.GraphWriter.Attribute;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.table.Column;
import io.github.layerc.table.ColumnKind;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Line;
import io.github.layerc.table.Target;
import io.github.layerc.table.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Columns as nodes, from the values of a row to the inputs of the network, and from its outputs to targets in their own units. The graph has an input for each column by its name, {@code [batch,
 * 1]}, or for those of a pattern together by that, {@code [batch, columns]}; what stands for a missing value is in parentheses:
 *
 * <ul>
 *   <li>number, in the precision of the network (NaN)
 *   <li>category, a text (the empty one); another text that is none of its values makes outputs NaN
 *   <li>boolean, {@code bool}; where it may be missing a number, 0 or 1 (NaN)
 * </ul>
 *
 * <p>A column that has the name of an output gets an underscore behind it. {@code log(1 + x)} and its inverse, centers and scales are computed in double and rounded once: errors are those of one
 * rounding, but that {@code log(1 + x)} has up to 2e-16 in absolute terms, however small {@code x} is.
 */
final class TableNodes {
    private static final Set<String> OUTPUTS = Set.of(OnnxWriter.OUTPUT, OnnxWriter.LABEL);

    /** What the place of a missing category is where that is an input of its own. */
    private static final float ABSENT = -1;

    private final GraphWriter graph;
    private final Fitted fitted;
    private final List<Column> columns;

    /** Values {@code [batch, ...]} that the inputs of the network are made of, in their order, before transformations. */
    private final List<String> inner = new ArrayList<>();

    /** Whether a row has no value where it must have one, {@code [batch, 1]}. */
    private String unknown = "";

    TableNodes(GraphWriter graph, Fitted fitted) {
        this.graph = graph;
        this.fitted = fitted;
        this.columns = fitted.table().columns();
    }

    /**
     * An input of the graph.
     *
     * @param at number of its first column
     * @param count of its columns
     */
    private record Source(String name, int at, int count) {}

    /** Adds inputs of the graph, and the inputs of the network, {@code [batch, features]}. */
    String features() {
        for (Source source : sources()) {
            Column column = columns.get(source.at());
            if (column.kind() == ColumnKind.CATEGORY) {
                category(source.name(), column, fitted.fill(source.at()));
            } else {
                number(source, column);
            }
        }
        String features = transformed(graph.node("Concat", "columns", inner, Attribute.integer("axis", 1)));
        String isUnknown = graph.node("IsNaN", "columns/unknown", List.of(features));
        String most = graph.node(
                "ReduceMax",
                "row/unknown",
                List.of(graph.cast("columns/unknown/number", isUnknown, Element.FLOAT)),
                Attribute.integers("axes", 1));
        unknown = graph.cast("unknown", most, Element.BOOL);
        return features;
    }

    /** All of them first, so that they have the names of their columns. */
    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        for (int at = 0; at < columns.size(); ) {
            Column column = columns.get(at);
            boolean grouped = !column.group().isEmpty();
            int count = grouped
                    ? (int) columns.stream()
                            .skip(at)
                            .takeWhile(each -> each.group().equals(column.group()))
                            .count()
                    : 1;
            String name = grouped ? column.group() : column.name();
            String wanted = OUTPUTS.contains(name) ? name + "_" : name;
            sources.add(new Source(graph.input(wanted, type(column), List.of(count), words(column)), at, count));
            at += count;
        }
        return sources;
    }

    private Element type(Column column) {
        return switch (column.kind()) {
            case NUMBER -> graph.real();
            case BOOLEAN -> column.optional() ? graph.real() : Element.BOOL;
            case CATEGORY -> Element.STRING;
        };
    }

    private static String words(Column column) {
        String values = switch (column.kind()) {
            case NUMBER -> "a number";
            case BOOLEAN -> column.optional() ? "0 or 1" : "";
            case CATEGORY -> "one of " + String.join(", ", column.categories());
        };
        String absent = column.kind() == ColumnKind.CATEGORY ? "empty" : "NaN";
        return column.optional() ? values + "; " + absent + " where it is missing" : values;
    }

    private void number(Source source, Column column) {
        String name = source.name();
        String x = type(column) == Element.BOOL ? graph.cast(name + "/number", name, graph.real()) : name;
        String absent = "";
        if (column.optional()) {
            double[] fill = new double[source.count()];
            for (int i = 0; i < fill.length; i++) {
                fill[i] = fitted.fill(source.at() + i);
            }
            absent = graph.node("IsNaN", name + "/missing", List.of(x));
            String fills = graph.parameters(name + "/fill", List.of(fill.length), fill);
            x = graph.node("Where", name + "/filled", List.of(absent, fills, x));
        }
        inner.add(x);
        if (column.missing().indicates()) {
            inner.add(graph.cast(name + "/is missing", absent, graph.real()));
        }
    }

    /** @param fill its place among the categories, 0 with an indicator */
    private void category(String name, Column column, double fill) {
        boolean indicates = column.missing().indicates();
        String place = place(name, column, indicates ? ABSENT : (float) fill);
        String absent = indicates ? graph.node("Equal", name + "/missing", List.of(place, graph.constant(ABSENT))) : "";
        if (column.transform().oneForEach()) {
            int count = column.categories().size();
            double[] places = new double[count];
            for (int i = 0; i < count; i++) {
                places[i] = i;
            }
            String each = graph.parameters(name + "/places", List.of(count), places);
            String equal = graph.node("Equal", name + "/equal", List.of(place, each));
            String ones = graph.cast(name + "/ones", equal, graph.real());
            String isUnknown = graph.node("IsNaN", name + "/unknown", List.of(place));
            inner.add(
                    graph.node("Where", name + "/one for each", List.of(isUnknown, graph.constant(Double.NaN), ones)));
        } else if (indicates) {
            inner.add(graph.node("Where", name + "/filled", List.of(absent, graph.constant(fill), place)));
        } else {
            inner.add(place);
        }
        if (indicates) {
            inner.add(graph.cast(name + "/is missing", absent, graph.real()));
        }
    }

    /**
     * The place of a text among the categories.
     *
     * @param absent stands for a missing one; NaN where there must be one
     */
    private String place(String name, Column column, float absent) {
        List<String> texts = new ArrayList<>(column.categories());
        if (!texts.contains("")) {
            texts.add("");
        }
        float[] places = new float[texts.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i < column.categories().size() ? i : absent;
        }
        String place = graph.classical(
                "LabelEncoder",
                name + "/place",
                List.of(name),
                Attribute.texts("keys_strings", texts),
                Attribute.reals("values_floats", places),
                Attribute.real("default_float", Double.NaN));
        return graph.real() == Element.FLOAT ? place : graph.cast(name + "/place/wide", place, graph.real());
    }

    private String transformed(String all) {
        List<Line> lines = fitted.featureLines();
        List<Transform> transforms = new ArrayList<>();
        for (Column column : columns) {
            transforms.add(column.transform());
            // what says that a value is missing, and inputs of categories, stay as they are
            transforms.addAll(Collections.nCopies(column.features() - 1, Transform.NONE));
        }
        if (areIdentity(lines) && transforms.stream().noneMatch(Transform::hasInner)) {
            return all;
        }
        String y = chosen("columns", transforms, wide("columns/wide", all), this::inner);
        if (!areIdentity(lines)) {
            String centered =
                    graph.node("Sub", "columns/centered", List.of(y, numbers("columns/centers", lines, Line::center)));
            y = graph.node("Div", "columns/scaled", List.of(centered, numbers("columns/scales", lines, Line::scale)));
        }
        return narrow("features", y);
    }

    /** Whether lines leave all numbers as they are. */
    private static boolean areIdentity(List<Line> lines) {
        return lines.stream().allMatch(Line.IDENTITY::equals);
    }

    /** What a function makes of numbers of its shape, and the others as they are. */
    private String chosen(
            String place, List<Transform> transforms, String x, BiFunction<Transform.Shape, String, String> function) {
        Set<Transform.Shape> shapes = EnumSet.noneOf(Transform.Shape.class);
        transforms.stream().filter(Transform::hasInner).map(Transform::shape).forEach(shapes::add);
        String chosen = x;
        for (Transform.Shape shape : shapes) {
            long[] is = transforms.stream()
                    .mapToLong(transform -> transform.shape() == shape ? 1 : 0)
                    .toArray();
            String mask = graph.booleans(place + "/" + shape.name().toLowerCase(Locale.ROOT), is);
            chosen = graph.node("Where", place + "/chosen", List.of(mask, function.apply(shape, x), chosen));
        }
        return chosen;
    }

    /** As {@link Transform#inner}, in double. */
    private String inner(Transform.Shape shape, String x) {
        return switch (shape) {
            case LINEAR, ONE_FOR_EACH -> x;
            case LOGARITHM -> {
                String one = graph.doubles("columns/one", List.of(), 1);
                String above = graph.node("Add", "columns/above", List.of(one, x));
                yield graph.node("Log", "columns/log", List.of(above));
            }
        };
    }

    /** As {@link Transform#undoInner}, in double. */
    private String undoInner(Transform.Shape shape, String y) {
        return switch (shape) {
            case LINEAR, ONE_FOR_EACH -> y;
            case LOGARITHM -> {
                String exp = graph.node("Exp", "targets/exp", List.of(y));
                String one = graph.doubles("targets/one", List.of(), 1);
                yield graph.node("Sub", "targets/expm1", List.of(exp, one));
            }
        };
    }

    /** Adds {@code [batch, outputs]} in the units of the targets where there are some, under a name. */
    void outputs(String name, String last) {
        List<Target> targets = fitted.table().targets();
        String own = targets.isEmpty() ? last : undone(targets, last);
        graph.node("Where", name, List.of(unknown, graph.constant(Double.NaN), own));
    }

    private String undone(List<Target> targets, String outputs) {
        List<Line> lines =
                IntStream.range(0, targets.size()).mapToObj(fitted::targetLine).toList();
        List<Transform> transforms = targets.stream().map(Target::transform).toList();
        if (areIdentity(lines) && transforms.stream().noneMatch(Transform::hasInner)) {
            return outputs;
        }
        String y = wide("targets/wide", outputs);
        if (!areIdentity(lines)) {
            String scaled =
                    graph.node("Mul", "targets/scaled", List.of(y, numbers("targets/scales", lines, Line::scale)));
            y = graph.node("Add", "targets/centered", List.of(scaled, numbers("targets/centers", lines, Line::center)));
        }
        return narrow("targets", chosen("targets", transforms, y, this::undoInner));
    }

    /** The number of a class, {@code [batch]}; another one where the row has no value where it must have one. */
    String known(String index, long other) {
        String flat = graph.node("Squeeze", "row", List.of(unknown, graph.integers("row/axis", 1)));
        return graph.node("Where", "class/known", List.of(flat, graph.integers("no class", other), index));
    }

    private String numbers(String name, List<Line> lines, ToDoubleFunction<Line> number) {
        return graph.doubles(
                name, List.of(lines.size()), lines.stream().mapToDouble(number).toArray());
    }

    private String wide(String name, String x) {
        return graph.real() == Element.DOUBLE ? x : graph.cast(name, x, Element.DOUBLE);
    }

    private String narrow(String name, String x) {
        return graph.real() == Element.DOUBLE ? x : graph.cast(name, x, graph.real());
    }
}
