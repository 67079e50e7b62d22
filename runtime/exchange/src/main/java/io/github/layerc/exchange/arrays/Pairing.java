package io.github.layerc.exchange.arrays;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.files.DataErrors;
import io.github.layerc.network.Layer;
import io.github.layerc.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes the parameters of a network from arrays with names. Names are either those of layerc, {@code W1}, {@code b1}, {@code gamma1}, {@code mean1}, {@code variance1}, with
 * weights as {@code [units][fan-in]} or, where only that fits, the other way round; or those of a {@code state_dict} of PyTorch, see {@link StateDict}.
 */
public final class Pairing {
    private static final String OWN = "(W|b|gamma|mean|variance)\\d+";

    private final Object place;
    private final Network network;
    private final Map<String, Tensor> left;
    private final double[] parameters;
    private final List<DataException> errors = new ArrayList<>();

    private Pairing(Object place, Network network, Map<String, Tensor> arrays) {
        this.place = place;
        this.network = network;
        this.left = new TreeMap<>(NaturalOrder.INSTANCE);
        this.left.putAll(arrays);
        this.parameters = new double[network.parameterCount()];
    }

    /**
     * The parameters in the canonical layout.
     *
     * @param place file, for messages
     * @throws DataException if an array is missing, left over, of another shape, or not finite
     * @throws DataErrors if that is so of several
     */
    public static double[] parameters(Object place, Network network, Map<String, Tensor> arrays) {
        Pairing pairing = new Pairing(place, network, arrays);
        if (arrays.keySet().stream().anyMatch(name -> name.matches(OWN))) {
            pairing.byOwnNames();
        } else {
            pairing.byModules();
        }
        pairing.left.forEach((name, tensor) -> pairing.errors.add(DataException.of(
                place,
                "array is left over",
                "no more than network " + network.name() + " has",
                name + tensor.shape())));
        DataErrors.requireNone(place, pairing.errors);
        return pairing.parameters;
    }

    private void byOwnNames() {
        for (Layer layer : network.layers()) {
            for (Layer.Parameters each : layer.parameters()) {
                Tensor found = left.remove(each.name());
                if (found == null) {
                    missing(each);
                } else {
                    put(each, each.name(), found);
                }
            }
        }
    }

    private void byModules() {
        StateDict modules = StateDict.of(left);
        left.clear();
        left.putAll(modules.others());
        requireOrder(modules);
        for (Layer layer : network.layers()) {
            StateDict.Module linear = modules.takeLinear(layer);
            StateDict.Module norm = layer.normalization().isEmpty() ? null : modules.takeNorm(layer);
            List<Layer.Parameters> arrays = layer.parameters();
            take(arrays.get(0), linear, "weight");
            take(arrays.get(1), norm == null ? linear : norm, "bias");
            if (norm != null) {
                normalize(layer, linear, norm);
            } else if (layer.normalization().isPresent()) {
                arrays.subList(2, arrays.size()).forEach(this::missing);
            }
        }
        left.putAll(modules.left());
    }

    /** Once for each shape: to swap layers would be an error that nobody sees. */
    private void requireOrder(StateDict modules) {
        Set<List<String>> told = new HashSet<>();
        for (Layer layer : network.layers()) {
            requireOrder(modules.linearRivals(layer), List.of(layer.units(), layer.fanIn()), told);
            requireOrder(modules.normRivals(layer), List.of(layer.units()), told);
        }
    }

    private void requireOrder(List<String> rivals, List<Integer> shape, Set<List<String>> told) {
        if (!rivals.isEmpty() && told.add(rivals)) {
            errors.add(DataException.of(
                    place,
                    "layers of one shape in an unknown order",
                    "names that differ in numbers alone, as fc1 and fc2, of " + shape,
                    String.join(", ", rivals)));
        }
    }

    private void normalize(Layer layer, StateDict.Module linear, StateDict.Module norm) {
        List<Layer.Parameters> arrays = layer.parameters();
        take(arrays.get(2), norm, "weight");
        Tensor bias = linear == null ? null : linear.arrays().remove("bias");
        boolean runs = layer.batchNorm().isPresent();
        if (runs) {
            take(arrays.get(3), norm, "running_mean");
            take(arrays.get(4), norm, "running_var");
        }
        if (bias == null) {
            return;
        }
        for (int u = 0; u < Math.min(layer.units(), bias.size()); u++) {
            // a bias before a mean is a part of it
            if (runs) {
                parameters[arrays.get(3).at() + u] -= bias.number(u);
            } else if (bias.number(u) != 0) {
                errors.add(DataException.of(
                        place,
                        linear.name("bias") + ": bias before a layer normalisation",
                        "none, or 0",
                        bias.number(u)));
                return;
            }
        }
    }

    /** What a module that learns nothing of it has not stays as it starts, the bias of a linear one as well. */
    private void take(Layer.Parameters each, StateDict.Module module, String key) {
        Tensor found = module == null ? null : module.arrays().remove(key);
        if (found != null) {
            put(each, module.name(key), found);
        } else if (module == null || key.startsWith("running") || each.columns() > 1) {
            missing(each);
        } else {
            Arrays.fill(parameters, each.at(), each.end(), each.start());
        }
    }

    private void missing(Layer.Parameters each) {
        errors.add(new DataException(place + ": missing array: expected " + each.name() + " of " + shape(each)));
    }

    private static List<Integer> shape(Layer.Parameters each) {
        return List.of(each.rows(), each.columns());
    }

    private void put(Layer.Parameters each, String name, Tensor found) {
        boolean isVector = each.name().charAt(0) != 'W';
        List<Integer> shape = found.shape();
        boolean fits = shape.equals(shape(each)) || (isVector && isVector(shape, each.rows()));
        boolean isTurned = !fits && !isVector && shape.equals(List.of(each.columns(), each.rows()));
        if (!fits && !isTurned) {
            errors.add(DataException.of(place, name + ": wrong shape", shape(each) + " for " + each.name(), shape));
            return;
        }
        Tensor values = isTurned ? found.transposed() : found;
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isFinite(values.number(i))) {
                String element = each.name() + "[" + i / each.columns() + ", " + i % each.columns() + "]";
                errors.add(DataException.of(
                        place, name + ": parameters must be finite", "a finite " + element, values.number(i)));
                return;
            }
            parameters[each.at() + i] = values.number(i);
        }
    }

    /** {@code (n)}, {@code (n, 1)} or {@code (1, n)}. */
    private static boolean isVector(List<Integer> shape, int length) {
        return shape.equals(List.of(length)) || shape.equals(List.of(1, length));
    }
}
