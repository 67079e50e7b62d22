package io.github.layerc.schedule;

import io.github.layerc.engine.Target;
import io.github.layerc.network.Network;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Lowering;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The products of a network by name: {@code forward1}, {@code forwardPanels1}, {@code weightGradient1}, {@code inputGradient2}. Passes change
 * what surrounds a product, and with it the name of its method; these names stay. One more is made by a pass: {@value #GRAM_UPDATE}.
 */
public final class Products {
    /** The name of the product of deltas with products of samples, in a step in Gram form. */
    public static final String GRAM_UPDATE = "gramUpdate1";

    private Products() {}

    /** The name of a product: what it makes, for which layer. */
    public static String name(Product product) {
        return switch (product.kind()) {
                    case FORWARD -> product.left().role() == Role.PANELS ? "forwardPanels" : "forward";
                    case WEIGHT_GRADIENT ->
                        product.right().role() == Role.STRIPS ? "weightGradientStrips" : "weightGradient";
                    case INPUT_GRADIENT -> "inputGradient";
                }
                + product.layer();
    }

    /** All products that a class with this layout has kernels for, forward ones first. */
    public static Map<String, Product> of(Network network, Layout layout) {
        Map<String, Product> products = new LinkedHashMap<>();
        // only the layout with samples in the lanes has a use for panels and strips of them
        List<Entry> entries = layout == Layout.UNIT_MAJOR ? List.of(Entry.STEP, Entry.BOUND_STEP) : List.of(Entry.STEP);
        for (Entry entry : entries) {
            for (Product product : Lowering.lower(network, entry).products()) {
                if (!unused(product)) {
                    products.putIfAbsent(name(product), product);
                }
            }
        }
        return products;
    }

    /**
     * For all kernels of a class with this storage, by name, why it cannot have a schedule: see {@link ScheduleRules#objection}. That of the Gram form is
     * always among them: whether the class has it depends on the settings of the training, which schedules outlive.
     */
    public static Map<String, Function<Schedule, String>> objections(Network network, Target target, Storage storage) {
        Map<String, Function<Schedule, String>> objections = new LinkedHashMap<>();
        of(network, storage.layout())
                .forEach((name, product) ->
                        objections.put(name, new ScheduleRules(target, product, storage)::objection));
        objections.put(
                GRAM_UPDATE, new GramRules(target, network.layers().get(0).units())::objection);
        return objections;
    }

    /** The gradient of the samples, which a pass drops. */
    private static boolean unused(Product product) {
        return product.kind() == Product.Kind.INPUT_GRADIENT && product.layer() == 1;
    }
}
