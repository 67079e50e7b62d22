package io.github.layerc.emit.product;

import io.github.layerc.emit.code.Argument;
import io.github.layerc.emit.code.Emission;
import io.github.layerc.emit.code.Kernel;
import io.github.layerc.emit.code.LaneConstant;
import io.github.layerc.emit.code.Method;
import io.github.layerc.emit.code.Names;
import io.github.layerc.emit.code.Operand;
import io.github.layerc.emit.code.Scratch;
import io.github.layerc.emit.nest.Body;
import io.github.layerc.emit.nest.Expression;
import io.github.layerc.emit.nest.Expression.Call;
import io.github.layerc.emit.nest.Expression.Name;
import io.github.layerc.emit.nest.Sign;
import io.github.layerc.program.op.Product;
import io.github.layerc.schedule.Axis;
import io.github.layerc.schedule.Schedule;
import io.github.layerc.schedule.Schedule.Lanes;
import io.github.layerc.schedule.Schedule.Tile;
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
    private final Tile schedule;

    CopyEmitter(Emission emission, Product product, Tile schedule) {
        this.emission = emission;
        this.product = product;
        this.schedule = schedule;
    }

    /** For a few samples: sums along the rows. */
    private ProductNest few() {
        int columns = LaneConstant.lanes(emission.words().precision());
        Operand weights = emission.operand(product.right(), Axis.INPUTS);
        return new ProductNest(emission, product, Schedule.tile(Lanes.REDUCTION, 1, columns, 0), "Few", weights);
    }

    Kernel emit() {
        int layer = product.layer();
        Name width = emission.width(layer - 1);
        Operand weights = emission.operand(product.right(), Axis.INPUTS);
        Operand copy = new Operand(
                weights.word(),
                new Expression.Own(Scratch.transposed(layer, Expression.product(Names.units(layer), width))),
                Expression.number(0),
                Map.of(Axis.UNITS, width, Axis.INPUTS, Expression.number(1)));
        ProductNest many = new ProductNest(emission, product, schedule, "Many", copy);
        Kernel fewKernel = new TileEmitter(few()).emit();
        Kernel manyKernel = new TileEmitter(many).emit();

        List<Argument> arguments = many.arguments();
        String name = new ProductNest(emission, product, schedule).name();
        Body body = new Body();
        Expression samples = Expression.difference(Argument.TO.value(), Argument.FROM.value());
        body.when(Expression.compare(samples, Sign.AT_MOST, Expression.number(schedule.few())))
                .run(Argument.call(fewKernel.method(), arguments))
                .leave();
        body.run(transpose(weights, copy, many));
        body.run(Argument.call(manyKernel.method(), arguments));
        List<Method> methods = new ArrayList<>();
        methods.add(emission.method(name, arguments)
                .documentation(
                        "Layer $L: {@code $L}.\n\n<p>For more than $L samples with a copy of the weights in rows of inputs.\n",
                        new NestText(many).layer(),
                        new NestText(many).formula(),
                        schedule.few())
                .code(body));
        methods.addAll(fewKernel.methods());
        methods.addAll(manyKernel.methods());
        return new Kernel(product, name, arguments, methods, new NestText(many).scheduleText());
    }

    private Call transpose(Operand weights, Operand copy, ProductNest many) {
        int layer = product.layer();
        Expression units = many.extentName(Axis.UNITS);
        Expression inputs = many.extentName(Axis.INPUTS);
        Expression width = emission.width(layer - 1);
        Expression none = Expression.number(0);
        return weights.panels() != null
                ? emission.support(
                        emission.words().packing(),
                        "rowsOfPanels",
                        weights.array(),
                        weights.base(),
                        units,
                        inputs,
                        Names.panel(layer),
                        copy.array(),
                        none,
                        width)
                : emission.support(
                        emission.words().packing(),
                        "transpose",
                        weights.array(),
                        weights.base(),
                        emission.width(layer),
                        copy.array(),
                        none,
                        width,
                        inputs,
                        units);
    }
}
