package io.github.layerc.exchange.arrays;

import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.network.Layer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The modules of a {@code state_dict} of PyTorch: {@code net.2.weight} and {@code net.2.bias} are those of the module {@code net.2}. One whose weight has two axes is linear, any
 * other one is a normalisation. They are taken in the natural order of their names, each for the first layer that has its shape. That is the order of the data where names differ in their
 * numbers alone, {@code fc2} and {@code fc10}; otherwise nothing tells it, not even the file: the library of safetensors sorts by name before it writes.
 */
final class StateDict {
    private static final Set<String> KEYS = Set.of("weight", "bias", "running_mean", "running_var");

    /** Counts steps; nothing is predicted with it. */
    private static final String STEPS = "num_batches_tracked";

    private final List<Module> linear = new ArrayList<>();
    private final List<Module> norms = new ArrayList<>();
    private final Map<String, Tensor> others = new TreeMap<>(NaturalOrder.INSTANCE);
    private final List<Module> taken = new ArrayList<>();

    private StateDict() {}

    /**
     * What has a name of its own.
     *
     * @param prefix of the names of its arrays, with the dot
     * @param arrays those that nobody has taken
     */
    record Module(String prefix, Map<String, Tensor> arrays) {
        String name(String key) {
            return prefix + key;
        }

        private int rank() {
            return arrays.containsKey("weight") ? arrays.get("weight").rank() : 1;
        }
    }

    static StateDict of(Map<String, Tensor> arrays) {
        Map<String, Module> modules = new TreeMap<>(NaturalOrder.INSTANCE);
        StateDict all = new StateDict();
        arrays.forEach((name, tensor) -> {
            int dot = name.lastIndexOf('.') + 1;
            String key = name.substring(dot);
            if (KEYS.contains(key)) {
                modules.computeIfAbsent(name.substring(0, dot), prefix -> new Module(prefix, new TreeMap<>()))
                        .arrays()
                        .put(key, tensor);
            } else if (!key.equals(STEPS)) {
                all.others.put(name, tensor);
            }
        });
        for (Module module : modules.values()) {
            (module.rank() == 1 ? all.norms : all.linear).add(module);
        }
        return all;
    }

    /** What belongs to no module that is known. */
    Map<String, Tensor> others() {
        return others;
    }

    /** The next linear module with the weights of a layer; null for none. */
    Module takeLinear(Layer layer) {
        return take(linear, weightsOf(layer));
    }

    /** The next normalisation of the units of a layer, of the same kind; null for none. */
    Module takeNorm(Layer layer) {
        return take(norms, normOf(layer));
    }

    /** The names of all linear modules that a layer could take, where they have no order; else none. */
    List<String> linearRivals(Layer layer) {
        return rivals(linear, weightsOf(layer));
    }

    /** The same of normalisations. */
    List<String> normRivals(Layer layer) {
        return layer.normalization().isPresent() ? rivals(norms, normOf(layer)) : List.of();
    }

    private static Predicate<Module> weightsOf(Layer layer) {
        return module -> module.arrays().get("weight").shape().equals(List.of(layer.units(), layer.fanIn()));
    }

    private static Predicate<Module> normOf(Layer layer) {
        boolean runs = layer.batchNorm().isPresent();
        return module -> module.arrays().containsKey("running_mean") == runs
                && module.arrays().values().stream()
                        .allMatch(array -> array.shape().equals(List.of(layer.units())));
    }

    private static List<String> rivals(List<Module> of, Predicate<Module> fits) {
        List<String> prefixes = of.stream().filter(fits).map(Module::prefix).toList();
        boolean haveOrder = prefixes.stream()
                        .map(prefix -> prefix.replaceAll("\\d+", "0"))
                        .distinct()
                        .count()
                <= 1;
        return haveOrder
                ? List.of()
                : prefixes.stream()
                        .map(prefix -> prefix.replaceFirst("\\.$", ""))
                        .toList();
    }

    private Module take(List<Module> from, Predicate<Module> fits) {
        for (Iterator<Module> each = from.iterator(); each.hasNext(); ) {
            Module module = each.next();
            if (fits.test(module)) {
                each.remove();
                taken.add(module);
                return module;
            }
        }
        return null;
    }

    /** All arrays that nobody has taken, by their names. */
    Map<String, Tensor> left() {
        Map<String, Tensor> left = new TreeMap<>(NaturalOrder.INSTANCE);
        for (List<Module> modules : List.of(linear, norms, taken)) {
            for (Module module : modules) {
                module.arrays().forEach((key, tensor) -> left.put(module.name(key), tensor));
            }
        }
        return left;
    }
}
