"""Makes the HDF5 files that HostileFilesTest reads: models of Keras 2 of one Dense layer, as small as h5py makes them, with something in them that no Keras writes."""
import json
import pathlib

import h5py
import numpy as np

here = pathlib.Path(__file__).parent
CONFIG = {
    "class_name": "Sequential",
    "config": {
        "name": "sequential",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 2], "name": "in"}},
            {"class_name": "Dense", "config": {"name": "dense", "units": 3, "activation": "linear", "use_bias": False}},
        ],
    },
}


def model(name, fill):
    with h5py.File(here / name, "w", libver="latest") as file:
        file.attrs["keras_version"] = "2.11.0"
        file.attrs["model_config"] = json.dumps(CONFIG)
        fill(file)


def layer(file):
    dense = file.create_group("model_weights/dense")
    dense.attrs["weight_names"] = [b"kernel:0"]
    return dense


def kernel(group):
    group["kernel:0"] = np.arange(6, dtype="f4").reshape(2, 3)


def whole(file):
    kernel(layer(file))


def soft_link(file):
    dense = layer(file)
    kernel(file.create_group("elsewhere"))
    dense["kernel:0"] = h5py.SoftLink("/elsewhere/kernel:0")


def external_link(file):
    file["model_weights"] = h5py.ExternalLink("whole.h5", "/model_weights")


def loop_of_links(file):
    dense = layer(file)
    dense["kernel:0"] = h5py.SoftLink("/model_weights/dense/kernel:0")


def cycle(file):
    dense = layer(file)
    dense["dense"] = file["model_weights"]
    dense.attrs["weight_names"] = [b"dense/dense/dense/dense/kernel:0"]
    kernel(dense)


def endless_cycle(file):
    dense = layer(file)
    dense["dense"] = dense
    dense.attrs["weight_names"] = [b"dense/" * 2000 + b"kernel:0"]


def huge(shape, **more):
    return lambda file: layer(file).create_dataset("kernel:0", shape, "f4", **more)


model("whole.h5", whole)
model("soft_link.h5", soft_link)
model("external_link.h5", external_link)
model("loop_of_links.h5", loop_of_links)
model("cycle.h5", cycle)
model("endless_cycle.h5", endless_cycle)
model("huge.h5", huge((20_000, 20_000)))
model("huge_chunk.h5", huge((1 << 40, 3), chunks=(1 << 28, 1)))
model("huge_axes.h5", huge((1 << 62, 1 << 62, 3), chunks=(1, 1, 3)))
