package io.github.layerc.exchange.keras;

import io.github.layerc.data.DataException;
import io.github.layerc.exchange.tensor.Element;
import io.github.layerc.exchange.tensor.Tensor;
import io.github.layerc.hdf5.HdfArray;
import io.github.layerc.hdf5.HdfGroup;
import io.github.layerc.hdf5.HdfSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The weights of the layers of a model, each layer's in the order in which Keras makes them. */
interface KerasWeights {

    /** @throws DataException if what the file has of a layer is damaged */
    List<Tensor> of(KerasLayer layer);

    /** In a file of Keras 2: {@code model_weights/LAYER/NAME}, the names in an attribute of the layer's group. */
    static KerasWeights legacy(HdfSource source) {
        HdfGroup all = source.root().has("model_weights") ? source.root().group("model_weights") : source.root();
        return layer -> {
            if (!all.has(layer.name())) {
                return List.of();
            }
            HdfGroup own = all.group(layer.name());
            List<Tensor> weights = new ArrayList<>();
            for (String name : names(own)) {
                int slash = name.lastIndexOf('/');
                HdfGroup group = slash < 0 ? own : own.group(name.substring(0, slash));
                weights.add(tensor(source, group.array(name.substring(slash + 1))));
            }
            return weights;
        };
    }

    /** Where there are too many for an attribute, Keras makes several of them, with numbers from 0 on. */
    private static List<String> names(HdfGroup layer) {
        String attribute = "weight_names";
        Optional<List<String>> whole = layer.texts(attribute);
        if (whole.isPresent()) {
            return whole.get();
        }
        List<String> names = new ArrayList<>();
        for (int part = 0; ; part++) {
            Optional<List<String>> some = layer.texts(attribute + part);
            if (some.isEmpty()) {
                return names;
            }
            names.addAll(some.get());
        }
    }

    /** In a file of Keras 3: {@code layers/dense_1/vars/0}, where the layer is the second one of its class. */
    static KerasWeights numbered(HdfSource source, List<KerasLayer> tracked) {
        Map<String, String> paths = new HashMap<>();
        Map<String, Integer> used = new HashMap<>();
        for (KerasLayer layer : tracked) {
            String snake = snakeCase(layer.className());
            int before = used.merge(snake, 1, Integer::sum) - 1;
            paths.put(layer.name(), before == 0 ? snake : snake + "_" + before);
        }
        HdfGroup root = source.root();
        // the name of TensorFlow 2.12 and 2.13
        String all = root.has("layers") ? "layers" : "_layer_checkpoint_dependencies";
        return layer -> {
            HdfGroup layers = root.has(all) ? root.group(all) : root;
            String name = paths.get(layer.name());
            if (!layers.has(name) || !layers.group(name).has("vars")) {
                return List.of();
            }
            HdfGroup vars = layers.group(name).group("vars");
            List<Tensor> weights = new ArrayList<>();
            for (int i = 0; vars.has(String.valueOf(i)); i++) {
                weights.add(tensor(source, vars.array(String.valueOf(i))));
            }
            return weights;
        };
    }

    /** {@code LeakyReLU} is {@code leaky_re_lu}. */
    private static String snakeCase(String className) {
        return className
                .replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static Tensor tensor(HdfSource source, HdfArray array) {
        // DEFLATE packs 1032 bytes into one at best
        if (array.size() / 1032 > source.size()) {
            throw array.broken(
                    "damaged shape",
                    "as many values as a file of " + source.size() + " bytes can have",
                    array.shapeText());
        }
        Element type = Element.ofHdf(array.type())
                .orElseThrow(() -> array.broken("unsupported type", "numbers", array.type()));
        List<Integer> shape =
                Arrays.stream(array.shape()).mapToObj(Math::toIntExact).toList();
        return Tensor.of(type, shape, array.numbers());
    }
}
