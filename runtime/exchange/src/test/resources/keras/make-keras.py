"""Makes the models of Keras that KerasImportTest reads, and keras.json with inputs and what they must give.

Keras itself is no package of Debian: the files are written here with h5py 3.7 as Keras 2 (hdf5_format) and Keras 3 (saving_lib, legacy_h5_format) write them, name by
name, and the outputs are computed by NumPy in double from the weights as the file has them.
"""
import io
import json
import math
import pathlib
import zipfile

import h5py
import numpy as np

here = pathlib.Path(__file__).parent
rng = np.random.RandomState(3)
cases = {}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


erf = np.vectorize(math.erf)
ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softmax": softmax,
    "gelu": lambda z: z / 2 * (1 + erf(z / math.sqrt(2))),
    "swish": lambda z: z * sigmoid(z),
    "silu": lambda z: z * sigmoid(z),
    "mish": lambda z: z * np.tanh(np.log1p(np.exp(z))),
    "softplus": lambda z: np.log1p(np.exp(z)),
    "relu6": lambda z: np.clip(z, 0, 6),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.2 * z),
    "hard_sigmoid_2": lambda z: np.clip(0.2 * z + 0.5, 0, 1),
    "hard_sigmoid_3": lambda z: np.clip((z + 3) / 6, 0, 1),
    "selu": lambda z: 1.0507009873554805 * np.where(z > 0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0))),
    # probabilities, since that is what the network gives
    "log_softmax": softmax,
}


class Model:
    """A chain of layers: configuration, weights in the order of Keras, and what it computes."""

    def __init__(self, shape, dtype="float32", keras=2):
        self.shape, self.dtype, self.keras, self.layers, self.x = shape, dtype, keras, [], None
        self.counts = {}

    def named(self, base):
        n = self.counts[base] = self.counts.get(base, -1) + 1
        return base if n == 0 else f"{base}_{n}"

    def add(self, class_name, base, config, weights=(), f=lambda x, *w: x):
        weights = [(name, np.asarray(w, dtype=np.int64 if name == "count" else self.dtype)) for name, w in weights]
        policy = self.dtype if self.keras == 2 else {"module": "keras", "class_name": "DTypePolicy", "config": {"name": self.dtype}, "registered_name": None}
        name = self.named(base)
        self.layers.append((class_name, name, {"name": name, "trainable": True, "dtype": policy, **config}, weights, f))
        return self

    def dense(self, fan_in, units, activation="linear", bias=True):
        weights = [("kernel", rng.randn(fan_in, units) / 2)] + ([("bias", rng.randn(units) / 2)] if bias else [])
        function = ACTIVATIONS[activation + f"_{self.keras}" if activation == "hard_sigmoid" else activation]
        config = {"units": units, "activation": activation, "use_bias": bias, "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": None}},
                  "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": None, "bias_regularizer": None}
        return self.add("Dense", "dense", config, weights, lambda x, w, b=0.0: function(x @ w + b))

    def activation(self, name):
        return self.add("Activation", "activation", {"activation": name}, f=lambda x: ACTIVATIONS[name](x))

    def batch_norm(self, n, scale=True, center=True):
        weights = [("gamma", rng.rand(n) + 0.5)] * scale + [("beta", rng.randn(n))] * center + [("moving_mean", rng.randn(n)), ("moving_variance", rng.rand(n) + 0.5)]

        def f(x, *w):
            w = list(w)
            gamma = w.pop(0) if scale else 1
            beta = w.pop(0) if center else 0
            return (x - w[0]) / np.sqrt(w[1] + 0.002) * gamma + beta
        axis = -1 if self.keras == 3 else [1]
        return self.add("BatchNormalization", "batch_normalization", {"axis": axis, "momentum": 0.99, "epsilon": 0.002, "center": center, "scale": scale}, weights, f)

    def layer_norm(self, n):
        weights = [("gamma", rng.rand(n) + 0.5), ("beta", rng.randn(n))]
        return self.add("LayerNormalization", "layer_normalization", {"axis": [1] if self.keras == 2 else -1, "epsilon": 0.001, "center": True, "scale": True}, weights,
                        lambda x, g, b: (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 0.001) * g + b)

    def normalization(self, n):
        return self.add("Normalization", "normalization", {"axis": [-1], "invert": False, "mean": None, "variance": None},
                        [("mean", rng.randn(n)), ("variance", rng.rand(n) + 0.5), ("count", 0)],
                        lambda x, mean, variance, count: (x - mean) / np.maximum(np.sqrt(variance), 1e-7))

    def constants(self, mean, variance):
        return self.add("Normalization", "normalization", {"axis": [-1], "invert": False, "mean": [mean], "variance": [variance]},
                        f=lambda x: (x - np.array(mean)) / np.sqrt(variance))

    def rescaling(self, scale, offset=0.0):
        return self.add("Rescaling", "rescaling", {"scale": scale, "offset": offset}, f=lambda x: x * scale + offset)

    def plain(self, class_name, base, config=None, f=lambda x: x):
        return self.add(class_name, base, config or {}, f=f)

    def record(self, file, note=""):
        x = rng.randn(5, *self.shape).astype(self.dtype).astype(np.float64)
        y = x
        for _, _, _, weights, f in self.layers:
            y = f(y, *[w.astype(np.float64) for _, w in weights])
        cases[file] = {"inputs": x.reshape(5, -1).tolist(), "outputs": y.tolist(), "double": self.dtype == "float64", "notes": [note] if note else []}

    # ---- configurations

    def input_layer(self):
        key = "batch_input_shape" if self.keras == 2 else "batch_shape"
        return {"class_name": "InputLayer", "config": {key: [None, *self.shape], "dtype": self.dtype, "sparse": False, "name": "input_1"}}

    def sequential(self, with_input=True):
        layers = [self.input_layer()] if with_input else []
        for class_name, name, config, _, _ in self.layers:
            config = dict(config)
            if not layers:
                config["batch_input_shape"] = [None, *self.shape]
            layers.append({"class_name": class_name, "config": config})
            if self.keras == 3:
                layers[-1].update({"module": "keras.layers", "registered_name": None, "build_config": {"input_shape": [None, 4]}})
        config = {"name": "sequential", "layers": layers}
        if self.keras == 3:
            config.update({"trainable": True, "build_input_shape": [None, *self.shape]})
        return {"class_name": "Sequential", "config": config}

    def functional(self):
        layers = [{**self.input_layer(), "name": "input_1", "inbound_nodes": []}]
        before = "input_1"
        for class_name, name, config, _, _ in self.layers:
            if self.keras == 2:
                nodes = [[[before, 0, 0, {}]]]
            else:
                tensor = {"class_name": "__keras_tensor__", "config": {"shape": [None, 4], "dtype": "float32", "keras_history": [before, 0, 0]}}
                nodes = [{"args": [tensor], "kwargs": {"training": False}}]
            layers.append({"class_name": class_name, "config": config, "name": name, "inbound_nodes": nodes})
            before = name
        # the order of the file is not that of the data
        layers = layers[:2] + layers[2:][::-1] if self.keras == 2 else layers
        ends = ([["input_1", 0, 0]], [[before, 0, 0]]) if self.keras == 2 else (["input_1", 0, 0], [before, 0, 0])
        config = {"name": "model", "trainable": True, "layers": layers, "input_layers": ends[0], "output_layers": ends[1]}
        return {"class_name": "Functional", "config": config}

    # ---- files

    def save_h5(self, file, config, note="", fixed=False):
        with h5py.File(here / file, "w") as f:
            text = json.dumps(config)
            f.attrs["model_config"] = np.bytes_(text) if fixed else text.encode("utf8")
            f.attrs["keras_version"] = b"2.11.0" if self.keras == 2 else b"3.3.3"
            f.attrs["backend"] = b"tensorflow"
            g = f.create_group("model_weights")
            g.attrs["layer_names"] = [name.encode("utf8") for _, name, _, _, _ in self.layers]
            g.attrs["backend"] = b"tensorflow"
            g.attrs["keras_version"] = b"2.11.0"
            for _, name, _, weights, _ in self.layers:
                layer = g.create_group(name)
                names = [f"{name}/{w}:0" if self.keras == 2 else f"sequential/{name}/{w}" for w, _ in weights]
                layer.attrs["weight_names"] = [n.encode("utf8") for n in names]
                for n, (_, w) in zip(names, weights):
                    layer.create_dataset(n, data=w)
            g.create_group("top_level_model_weights").attrs["weight_names"] = []
        self.record(file, note)

    def save_keras(self, file, config, note="", compression=zipfile.ZIP_STORED):
        weights = io.BytesIO()
        with h5py.File(weights, "w") as f:
            used = {}
            for class_name, base, _, ws, _ in self.layers:
                snake = {"ReLU": "re_lu", "LeakyReLU": "leaky_re_lu", "ELU": "elu"}.get(class_name) or "".join("_" + c.lower() if c.isupper() else c for c in class_name)[1:]
                used[snake] = used.get(snake, -1) + 1
                path = "layers/" + (snake if used[snake] == 0 else f"{snake}_{used[snake]}")
                group = f.create_group(path).create_group("vars")
                for i, (_, w) in enumerate(ws):
                    group[str(i)] = w
                if class_name == "Dropout":
                    f.create_group(path + "/seed_generator").create_group("vars")["0"] = np.zeros(2, np.uint32)
            f.create_group("vars")
        with zipfile.ZipFile(here / file, "w", compression) as z:
            for name, data in (("metadata.json", json.dumps({"keras_version": "3.3.3", "date_saved": "2024-05-01@10:00:00"})), ("config.json", json.dumps(config)),
                               ("model.weights.h5", weights.getvalue())):
                z.writestr(zipfile.ZipInfo(name), data, compression)
        self.record(file, note)


m = Model([4]).dense(4, 6, "relu").plain("Dropout", "dropout", {"rate": 0.3}).dense(6, 5, "hard_sigmoid").dense(5, 3, "softmax")
m.save_h5("k2_sequential.h5", m.sequential())
m = (Model([4], "float64").dense(4, 6, bias=False).batch_norm(6, scale=False)
     .plain("LeakyReLU", "leaky_re_lu", {"alpha": 0.30000001192092896}, lambda x: np.where(x > 0, x, 0.30000001192092896 * x)).dense(6, 2, "tanh"))
m.save_h5("k2_double_batchnorm.h5", m.sequential(with_input=False), fixed=True)
m = Model([3, 4]).rescaling(1 / 255).plain("Flatten", "flatten", {"data_format": "channels_last"}, lambda x: x.reshape(len(x), -1)).dense(12, 5, "gelu").dense(5, 1, "sigmoid")
m.save_h5("k2_functional.h5", m.functional())
m = (Model([5]).normalization(5).dense(5, 6).plain("ReLU", "re_lu", {"max_value": 6.0, "negative_slope": 0.0, "threshold": 0.0}, lambda x: np.clip(x, 0, 6))
     .plain("GaussianNoise", "gaussian_noise", {"stddev": 0.1}).dense(6, 6, "swish").dense(6, 1).rescaling(12.5, 3.0))
m.save_h5("k2_normalization.h5", m.sequential())
m = Model([4], "float16").dense(4, 6, "selu").dense(6, 2)
m.save_h5("k2_half.h5", m.sequential())
m = Model([4], keras=3).dense(4, 6, "leaky_relu").dense(6, 5, "hard_sigmoid").plain("Dropout", "dropout", {"rate": 0.5}).dense(5, 3, "softmax")
m.save_keras("k3_sequential.keras", m.sequential())
m = (Model([2, 3], "float64", keras=3).plain("Reshape", "reshape", {"target_shape": [-1]}, lambda x: x.reshape(len(x), -1)).constants([0.5] * 6, [2.0, 1, 1, 4, 1, 1])
     .dense(6, 5).batch_norm(5, center=False).activation("mish").dense(5, 4, "relu6").dense(4, 2))
m.save_keras("k3_functional_double.keras", m.functional(), compression=zipfile.ZIP_DEFLATED)
m = (Model([4], keras=3).dense(4, 6, bias=False).layer_norm(6).plain("ELU", "elu", {"alpha": 0.7}, lambda x: np.where(x > 0, x, 0.7 * np.expm1(np.minimum(x, 0))))
     .dense(6, 5, "softplus").dense(5, 3, "log_softmax"))
m.save_keras("k3_layernorm.keras", m.sequential(), note="logarithms")
m = Model([4], keras=3).dense(4, 6, "silu").dense(6, 2, "hard_sigmoid")
m.save_h5("k3_legacy.h5", m.sequential())
(here / "keras.json").write_text(json.dumps(cases, indent=1) + "\n")
