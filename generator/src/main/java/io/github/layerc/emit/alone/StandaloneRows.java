package io.github.layerc.emit.alone;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.table.RowCalls;
import io.github.layerc.emit.table.RowEmitter;
import io.github.layerc.emit.table.ShapeCode;
import io.github.layerc.network.Network;
import io.github.layerc.network.Precision;
import io.github.layerc.table.Column;
import io.github.layerc.table.Fitted;
import io.github.layerc.table.Line;
import io.github.layerc.table.Table;
import io.github.layerc.table.Transform;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * What a class that stands alone has instead of the runtime's {@code FloatRows} and {@code DoubleRows}: a class inside it, with an instance in a field {@code rows}. What the table has learned
 * stands in the code, but centers and scales that the first layer has taken over.
 */
public final class StandaloneRows implements RowCalls {
    /** What the place of a missing category is where that is an input of its own. */
    private static final int ABSENT = -1;

    private static final String CENTERS = "Centers";
    private static final String SCALES = "Scales";

    private final Network network;
    private final Fitted fitted;
    private final Table table;
    private final boolean folded;

    /** Whether inputs are centered and scaled here. */
    private final boolean centers;

    private final TypeName element;
    private final TypeName array;
    private final String box;
    private final RowConstants constants;
    private final RowPlaces places;

    /** @param folded whether the first layer has taken over centers and scales */
    public StandaloneRows(Network network, Fitted fitted, boolean folded) {
        this.network = network;
        this.fitted = fitted;
        this.table = fitted.table();
        this.folded = folded;
        this.centers = !folded && !fitted.featureLines().stream().allMatch(Line.IDENTITY::equals);
        this.element = Argument.element(network.precision());
        this.array = ArrayTypeName.of(element);
        this.box = network.precision() == Precision.FLOAT ? "Float" : "Double";
        this.constants = new RowConstants(network);
        this.places = new RowPlaces(table, box);
    }

    private RowEmitter methods() {
        return new RowEmitter(network, table, Set.of(name(network), TrainedParameters.holder(network)), this);
    }

    /** Whether the record of a row would have more components than a constructor can have arguments. */
    public boolean isTooWide() {
        return methods().isTooWide();
    }

    /** Code that predicts, for the documentation of the class. */
    String example() {
        String row = network.name() + "." + methods().row();
        return row + " row = new " + row + "(...);\n" + methods().example();
    }

    private boolean fillsGroup(Column column) {
        return !column.group().isEmpty() && column.optional();
    }

    /** The simple name of the class; the network's own name in it, so that it cannot be the name of the class around it. */
    private static String name(Network network) {
        return network.name() + "Rows";
    }

    @Override
    public CodeBlock begin(boolean writes) {
        return writes ? CodeBlock.of("$T features = rows.features;\n", array) : CodeBlock.of("");
    }

    @Override
    public CodeBlock filled(int column, CodeBlock number) {
        return CodeBlock.of("$L.filled($L, $L)", name(network), number, number(fitted.fill(column)));
    }

    @Override
    public CodeBlock oneForEach(int column, int at, CodeBlock number) {
        Column some = table.columns().get(column);
        CodeBlock place = some.missing().indicates()
                ? CodeBlock.of("$L.filled($L, $L)", name(network), number, ABSENT)
                : some.optional() ? filled(column, number) : number;
        return CodeBlock.of("rows.oneForEach($L, $L, $L)", at, some.categories().size(), place);
    }

    @Override
    public CodeBlock group(String name, CodeBlock values, int column, int at, int count) {
        Column first = table.columns().get(column);
        CodeBlock.Builder code =
                CodeBlock.builder().addStatement("rows.group($S, $L, $L, $L)", name, values, at, count);
        if (first.optional()) {
            code.addStatement("rows.fill($L, $L.$L)", at, name(network), constants.use(fills(column)));
        }
        if (first.transform().hasInner()) {
            code.addStatement("rows.$L($L, $L)", method(first.transform()), at, count);
        }
        return code.build();
    }

    /** The method with the fixed part of a transformation. */
    private static String method(Transform transform) {
        return transform.shape().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public CodeBlock target(int target) {
        Line line = fitted.targetLine(target);
        CodeBlock output = CodeBlock.of("rows.output($L)", target);
        CodeBlock scaled = line.scale() == 1 ? output : CodeBlock.of("$L * $L", output, wide(line.scale()));
        CodeBlock centered = line.center() == 0 ? scaled : CodeBlock.of("$L + $L", scaled, wide(line.center()));
        CodeBlock own = ShapeCode.undoInner(table.targets().get(target).transform(), centered);
        boolean narrow = network.precision() == Precision.FLOAT && !own.equals(output);
        return narrow ? CodeBlock.of("($T) ($L)", element, own) : own;
    }

    @Override
    public String centers() {
        return folded ? ", which are part of the first layer" : "";
    }

    @Override
    public String errors() {
        return "@throws IllegalArgumentException if the row has no value in a column where it must have one\n";
    }

    private String number(double value) {
        return Decimal.of(network.precision().rounded(value), network.precision());
    }

    private static String wide(double value) {
        return Decimal.of(value, Precision.DOUBLE);
    }

    private static String fills(int column) {
        return "Fill" + (column + 1);
    }

    /**
     * Adds what is predicted for rows, and the class and the field behind that.
     *
     * @param call of the network with {@code features} and {@code outputs}
     */
    public void addTo(TypeSpec.Builder type, CodeBlock call) {
        ClassName self = ClassName.get(network.packageName(), network.name()).nestedClass(name(network));
        methods().addRowsTo(type);
        type.addField(FieldSpec.builder(self, "rows", Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T()", self)
                .build());
        TypeSpec.Builder rows = TypeSpec.classBuilder(self)
                .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("A row on its way through the network.\n");
        constants(rows);
        places.addNamesTo(rows);
        rows.addField(make("features", "INPUTS"));
        rows.addField(make("outputs", Names.units(network.layers().size()).text()));
        List<Column> columns = table.columns();
        if (columns.stream().anyMatch(column -> column.group().isEmpty() && column.optional())) {
            rows.addMethod(filled());
        }
        if (columns.stream().anyMatch(column -> column.transform().oneForEach())) {
            rows.addMethod(oneForEach());
        }
        if (columns.stream().anyMatch(column -> !column.group().isEmpty())) {
            groups(rows);
        }
        rows.addMethod(run(call));
        results(rows);
        rows.addMethod(places.missing());
        type.addType(rows.build());
    }

    private FieldSpec make(String name, String size) {
        return FieldSpec.builder(array, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T[$L]", element, size)
                .build();
    }

    private void constants(TypeSpec.Builder rows) {
        for (RowPlaces.Part part : places.parts()) {
            if (part.count() > 0 && table.columns().get(part.column()).optional()) {
                rows.addType(constants.holder(
                        fills(part.column()),
                        "What stands for missing values of columns " + (part.column() + 1) + " to "
                                + (part.column() + part.count()) + ".",
                        network.precision(),
                        part.count(),
                        i -> fitted.fill(part.column() + i)));
            }
        }
        if (centers) {
            lines(rows, CENTERS, "Centers of the inputs.", Line::center);
            lines(rows, SCALES, "Scales of the inputs.", Line::scale);
        }
    }

    private void lines(TypeSpec.Builder rows, String what, String words, ToDoubleFunction<Line> number) {
        List<Line> lines = fitted.featureLines();
        IntToDoubleFunction each = i -> number.applyAsDouble(lines.get(i));
        rows.addType(constants.holder(what, words, Precision.DOUBLE, lines.size(), each));
    }

    private static MethodSpec.Builder method(String name, TypeName returns) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).returns(returns);
    }

    private static ParameterSpec integer(String name) {
        return ParameterSpec.builder(TypeName.INT, name).build();
    }

    private MethodSpec filled() {
        return method("filled", element)
                .addModifiers(Modifier.STATIC)
                .addParameter(element, "value")
                .addParameter(element, "fill")
                .addJavadoc("The value, or what stands for one that is missing.\n")
                .addStatement("return $L.isNaN(value) ? fill : value", box)
                .build();
    }

    private MethodSpec oneForEach() {
        return method("oneForEach", TypeName.VOID)
                .addParameter(integer("at"))
                .addParameter(integer("count"))
                .addParameter(element, "place")
                .addJavadoc(
                        "An input for each category: 1 for that of the row, 0 for the others, NaN where there must be one.\n")
                .beginControlFlow("for (int c = 0; c < count; c++)")
                .addStatement("features[at + c] = $1L.isNaN(place) ? $1L.NaN : place == c ? 1 : 0", box)
                .endControlFlow()
                .build();
    }

    private void groups(TypeSpec.Builder rows) {
        rows.addMethod(method("group", TypeName.VOID)
                .addParameter(String.class, "name")
                .addParameter(array, "values")
                .addParameter(integer("at"))
                .addParameter(integer("count"))
                .beginControlFlow("if (values.length != count)")
                .addStatement(
                        "throw new IllegalArgumentException(name + $S + count + $S + values.length)",
                        " must have ",
                        " values: length=")
                .endControlFlow()
                .addStatement("$T.arraycopy(values, 0, features, at, count)", System.class)
                .build());
        if (table.columns().stream().anyMatch(this::fillsGroup)) {
            rows.addMethod(method("fill", TypeName.VOID)
                    .addParameter(integer("at"))
                    .addParameter(array, "fills")
                    .beginControlFlow("for (int i = 0; i < fills.length; i++)")
                    .beginControlFlow("if ($L.isNaN(features[at + i]))", box)
                    .addStatement("features[at + i] = fills[i]")
                    .endControlFlow()
                    .endControlFlow()
                    .build());
        }
        table.columns().stream()
                .filter(column ->
                        !column.group().isEmpty() && column.transform().hasInner())
                .map(Column::transform)
                .collect(Collectors.toMap(
                        StandaloneRows::method, Function.identity(), (first, same) -> first, TreeMap::new))
                .forEach((name, transform) -> rows.addMethod(method(name, TypeName.VOID)
                        .addParameter(integer("at"))
                        .addParameter(integer("count"))
                        .beginControlFlow("for (int i = at; i < at + count; i++)")
                        .addStatement(
                                "features[i] = $L",
                                ShapeCode.inner(transform, CodeBlock.of("features[i]"), network.precision()))
                        .endControlFlow()
                        .build()));
    }

    private MethodSpec run(CodeBlock call) {
        MethodSpec.Builder method = method("outputs", array).addJavadoc("Runs the network; all outputs are numbers.\n");
        if (centers) {
            String wide = network.precision() == Precision.DOUBLE ? "$L" : "(float) ($L)";
            CodeBlock scaled =
                    CodeBlock.of("(features[f] - $L[f]) / $L[f]", constants.use(CENTERS), constants.use(SCALES));
            method.beginControlFlow("for (int f = 0; f < features.length; f++)")
                    .addStatement("features[f] = " + wide, scaled)
                    .endControlFlow();
        }
        return method.addStatement(call)
                .beginControlFlow("for ($T output : outputs)", element)
                .beginControlFlow("if ($L.isNaN(output))", box)
                .addStatement("throw new IllegalArgumentException($S + missing())", "network " + network.name() + ": ")
                .endControlFlow()
                .endControlFlow()
                .addStatement("return outputs")
                .build();
    }

    private void results(TypeSpec.Builder rows) {
        if (table.label().isEmpty()) {
            rows.addMethod(method("output", element)
                    .addParameter(integer("output"))
                    .addStatement("return outputs[output]")
                    .build());
            return;
        }
        MethodSpec.Builder label = method("predictedClass", TypeName.INT).addStatement("$T some = outputs()", array);
        if (network.outputs() == 1) {
            label.addStatement(
                    "return some[0] > $L ? 1 : 0", wide(network.loss().targets().threshold()));
        } else {
            label.addStatement("int largest = 0")
                    .beginControlFlow("for (int u = 1; u < some.length; u++)")
                    .addStatement("largest = some[u] > some[largest] ? u : largest")
                    .endControlFlow()
                    .addStatement("return largest");
        }
        rows.addMethod(label.build());
        if (network.loss().targets().probabilities()) {
            rows.addMethod(probabilities());
        }
    }

    private MethodSpec probabilities() {
        int classes = Math.max(2, network.outputs());
        MethodSpec.Builder method = method("probabilities", TypeName.VOID)
                .addParameter(array, "out")
                .addStatement("$T some = outputs()", array)
                .beginControlFlow("if (out.length != $L)", classes)
                .addStatement(
                        "throw new IllegalArgumentException($S + out.length)",
                        "out must have " + classes + " values: length=")
                .endControlFlow();
        return network.outputs() == 1
                ? method.addStatement("out[0] = 1 - some[0]")
                        .addStatement("out[1] = some[0]")
                        .build()
                : method.addStatement("$T.arraycopy(some, 0, out, 0, $L)", System.class, classes)
                        .build();
    }
}
