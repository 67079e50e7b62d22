package io.github.layerc.schedule;

import io.github.layerc.network.Network;
import io.github.layerc.program.Entry;
import io.github.layerc.program.Lowering;
import io.github.layerc.program.op.Buffer.Role;
import io.github.layerc.program.op.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The products of a network by name: {@code forward1}, {@code forwardPanels1}, {@code weightGradient1}, {@code inputGradient2}. Passes change
 * what surrounds a product, and with it the name of its method; these names stay.
 */
public final class Products {
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

    /** The gradient of the samples, which a pass drops. */
    private static boolean unused(Product product) {
        return product.kind() == Product.Kind.INPUT_GRADIENT && product.layer() == 1;
    }
}
