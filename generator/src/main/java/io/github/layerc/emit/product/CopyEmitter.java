package io.github.layerc.emit.product;

import com.palantir.javapoet.MethodSpec;
import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Axis;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.LaneConstants;
import io.github.layerc.emit.code.Lines;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The input gradient of a layer whose weights lie {@code [inputs][units]}, in rows or in panels. For a few samples it sums along the rows, across
 * the lanes at the end; for more it first copies the weights to {@code [units][inputs]}, whose rows fill the lanes with neighbouring inputs.
 */
final class CopyEmitter {
    private final Emission emission;
    private final Product product;
    private final Schedule schedule;

    CopyEmitter(Emission emission, Product product, Schedule schedule) {
        this.emission = emission;
        this.product = product;
        this.schedule = schedule;
    }

    /** For a few samples: sums along the rows. */
    private ProductNest few() {
        int columns = LaneConstants.lanes(emission.words().precision());
        Operand weights = emission.operand(product.right(), Axis.INPUTS);
        return new ProductNest(emission, product, Schedule.tile(Lanes.REDUCTION, 1, columns, 0), "Few", weights);
    }

    Kernel emit() {
        int layer = product.layer();
        Operand weights = emission.operand(product.right(), Axis.INPUTS);
        Operand copy = new Operand(
                weights.word(),
                emission.scratch().transposed(layer, Names.units(layer) + " * " + emission.widthName(layer - 1)),
                "",
                Map.of(Axis.UNITS, emission.widthName(layer - 1), Axis.INPUTS, String.valueOf(1)));
        ProductNest many = new ProductNest(emission, product, schedule, "Many", copy);
        Kernel fewKernel = new TileEmitter(few()).emit();
        Kernel manyKernel = new TileEmitter(many).emit();

        List<Argument> arguments = many.arguments();
        String name = new ProductNest(emission, product, schedule).name();
        Lines lines = new Lines();
        lines.begin("if (to - from <= " + schedule.few() + ")");
        lines.line(fewKernel.method() + Argument.call(arguments)).line("return").end();
        String packing = emission.words().vectorClass().replace("Vector", "Packing");
        boolean panels = weights.panels() != null;
        String units = many.extentName(Axis.UNITS);
        String inputs = many.extentName(Axis.INPUTS);
        List<String> from = panels
                ? List.of(weights.array(), weights.base(), units, inputs, Names.panel(layer))
                : List.of(weights.array(), weights.base(), emission.widthName(layer));
        List<String> to = List.of(copy.array(), "0", emission.widthName(layer - 1));
        List<String> values = new ArrayList<>(from);
        values.addAll(to);
        if (!panels) {
            values.addAll(List.of(inputs, units));
        }
        lines.line(packing + (panels ? ".rowsOfPanels(" : ".transpose(") + String.join(", ", values) + ")");
        lines.line(manyKernel.method() + Argument.call(arguments));
        List<MethodSpec> methods = new ArrayList<>();
        methods.add(emission.method(name, arguments)
                .addJavadoc(
                        "Layer $L: {@code $L}.\n\n<p>For more than $L samples with a copy of the weights in rows of inputs.\n",
                        layer,
                        new NestText(many).formula(),
                        schedule.few())
                .addCode(lines.build())
                .build());
        methods.addAll(fewKernel.methods());
        methods.addAll(manyKernel.methods());
        return new Kernel(product, name, arguments, methods, new NestText(many).scheduleText());
    }
}
