"""Makes the models that ModelImportTest reads, and models.json with inputs and what the tools themselves predict for them.

NumPy 1.24.2, scikit-learn 1.2.1, onnx 1.12.0 and PyTorch 1.13.1, as Debian 12 has them; skl2onnx is no package there, so what it emits for MLPClassifier and
MLPRegressor is put together here, node by node. Predictions are those of scikit-learn and PyTorch, never of a reader of the file.
"""
import json
import os
import pathlib
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_diabetes, load_iris
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler
from torch import nn

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
cases = {}
rng = np.random.RandomState(1)


def record(name, inputs, outputs, classes=(), note=""):
    cases[name] = {
        "inputs": np.asarray(inputs, dtype=np.float64).reshape(len(inputs), -1).tolist(),
        "outputs": np.asarray(outputs, dtype=np.float64).reshape(len(inputs), -1).tolist(),
        "classes": list(classes),
    }
    if note:
        cases[name]["note"] = note


def save(name, nodes, inputs, outputs, initializers, opset=13, ir=8, ml=False):
    opsets = [helper.make_opsetid("", opset)] + ([helper.make_opsetid("ai.onnx.ml", 1)] if ml else [])
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    model = helper.make_model(graph, opset_imports=opsets, ir_version=ir)
    onnx.checker.check_model(model)
    onnx.save(model, here / (name + ".onnx"))


def value(name, type_, shape):
    return helper.make_tensor_value_info(name, type_, shape)


def tensor(name, array, dtype=np.float32):
    return numpy_helper.from_array(np.ascontiguousarray(np.asarray(array, dtype=dtype)), name)


# ---- scikit-learn, as skl2onnx writes it

ACTIVATIONS = {"relu": "Relu", "tanh": "Tanh", "logistic": "Sigmoid", "identity": "Identity"}


def sk_layers(model, source, dtype):
    nodes, weights = [], []
    for i, (w, b) in enumerate(zip(model.coefs_, model.intercepts_)):
        suffix = str(i) if i else ""
        weights += [tensor("coefficient" + suffix, w, dtype), tensor("intercepts" + suffix, b.reshape(1, -1), dtype)]
        nodes += [
            helper.make_node("MatMul", [source, "coefficient" + suffix], ["mul_result" + suffix], "MatMul" + suffix),
            helper.make_node("Add", ["mul_result" + suffix, "intercepts" + suffix], ["add_result" + suffix], "Add" + suffix),
        ]
        last = i == len(model.coefs_) - 1
        kind = model.out_activation_ if last else model.activation
        source = "act" + suffix
        operator = "Softmax" if kind == "softmax" else ACTIVATIONS[kind]
        attributes = {"axis": 1} if kind == "softmax" else {}
        nodes.append(helper.make_node(operator, ["add_result" + suffix], [source], operator + "_" + suffix, **attributes))
    return nodes, weights, source


def sk_classifier(name, model, x, classes, scaler=None):
    nodes, source = [], "input"
    if scaler is not None:
        nodes.append(helper.make_node("Scaler", ["input"], ["variable"], "Scaler", domain="ai.onnx.ml",
                                      offset=scaler.mean_.astype(np.float32), scale=(1 / scaler.scale_).astype(np.float32)))
        source = "variable"
    nodes.insert(0 if scaler is None else 1, helper.make_node("Cast", [source], ["cast_input"], "Cast", to=TensorProto.FLOAT))
    more, weights, last = sk_layers(model, "cast_input", np.float32)
    nodes += more
    probabilities = last
    if len(classes) == 2:
        weights.append(tensor("unity", 1.0))
        nodes += [
            helper.make_node("Sub", ["unity", last], ["negative_class_proba"], "Sub"),
            helper.make_node("Concat", ["negative_class_proba", last], ["probabilities_raw"], "Concat", axis=1),
        ]
        probabilities = "probabilities_raw"
    texts = isinstance(classes[0], str)
    weights.append(helper.make_tensor("classes", TensorProto.STRING, [len(classes)], [c.encode() for c in classes])
                   if texts else tensor("classes", classes, np.int32))
    nodes.append(helper.make_node("ArgMax", [probabilities], ["argmax_output"], "ArgMax", axis=1))
    nodes.append(helper.make_node("ArrayFeatureExtractor", ["classes", "argmax_output"], ["array_feature_extractor_result"],
                                  "ArrayFeatureExtractor", domain="ai.onnx.ml"))
    weights.append(tensor("shape_tensor", [-1], np.int64))
    if texts:
        nodes.append(helper.make_node("Reshape", ["array_feature_extractor_result", "shape_tensor"], ["output_label"], "Reshape"))
    else:
        nodes.append(helper.make_node("Cast", ["array_feature_extractor_result"], ["cast2_result"], "Cast1", to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Reshape", ["cast2_result", "shape_tensor"], ["reshaped_result"], "Reshape"))
        nodes.append(helper.make_node("Cast", ["reshaped_result"], ["output_label"], "Cast2", to=TensorProto.INT64))
    labels = {"classlabels_strings": list(classes)} if texts else {"classlabels_int64s": list(classes)}
    nodes.append(helper.make_node("ZipMap", [probabilities], ["output_probability"], "ZipMap", domain="ai.onnx.ml", **labels))
    key = TensorProto.STRING if texts else TensorProto.INT64
    sequence = onnx.TypeProto()
    sequence.sequence_type.elem_type.map_type.key_type = key
    sequence.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = TensorProto.FLOAT
    save(name, nodes, [value("input", TensorProto.FLOAT, [None, x.shape[1]])],
         [value("output_label", key, [None]), helper.make_value_info("output_probability", sequence)], weights, ml=True)


iris = load_iris()
xi = iris.data.astype(np.float32).astype(np.float64)
scaler = StandardScaler().fit(xi)
names = np.array([str(n) for n in iris.target_names])
m = MLPClassifier((8,), random_state=1, max_iter=150).fit(scaler.transform(xi), names[iris.target])
sk_classifier("sk_iris_text", m, xi, [str(c) for c in m.classes_], scaler)
record("sk_iris_text", xi[::25], m.predict_proba(scaler.transform(xi[::25])), [str(c) for c in m.classes_])
m = MLPClassifier((6, 5), activation="tanh", random_state=2, max_iter=150).fit(xi, iris.target)
sk_classifier("sk_iris_int", m, xi, [int(c) for c in m.classes_])
record("sk_iris_int", xi[::25], m.predict_proba(xi[::25]), [str(c) for c in m.classes_])
two = iris.target != 0
m = MLPClassifier((7,), activation="logistic", random_state=3, max_iter=150).fit(xi[two], names[iris.target[two]])
sk_classifier("sk_binary", m, xi, [str(c) for c in m.classes_])
record("sk_binary", xi[two][::20], m.predict_proba(xi[two][::20])[:, 1], [str(c) for c in m.classes_])
xd, yd = load_diabetes(return_X_y=True)
xd = xd.astype(np.float32).astype(np.float64)
for name, dtype, kind in (("sk_regressor", np.float32, TensorProto.FLOAT), ("sk_regressor_double", np.float64, TensorProto.DOUBLE)):
    m = MLPRegressor((9,), random_state=1, max_iter=60).fit(xd, yd / 100)
    nodes, weights, last = sk_layers(m, "input", dtype)
    weights.append(tensor("shape_tensor", [-1, 1], np.int64))
    nodes.append(helper.make_node("Reshape", [last, "shape_tensor"], ["variable"], "Reshape"))
    save(name, nodes, [value("input", kind, [None, 10])], [value("variable", kind, [None, 1])], weights)
    record(name, xd[::60], m.predict(xd[::60]))


# ---- PyTorch

class Viewed(nn.Module):
    """A sample of several axes, made flat by its size, as many write it."""

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(2 * 3 * 4, 10), nn.Linear(10, 3)

    def forward(self, x):
        x = (x - 0.5) / 0.25
        x = x.view(x.size(0), -1)
        return torch.softmax(self.fc2(torch.relu(self.fc1(x))), dim=1)


class Permuted(nn.Module):
    """Standardises with numbers of its own, and gives the target in its unit."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.randn(5))
        self.register_buffer("deviation", torch.rand(5) + 0.5)
        self.fc1, self.fc2 = nn.Linear(5, 7), nn.Linear(7, 1)

    def forward(self, x):
        return self.fc2(torch.nn.functional.silu(self.fc1((x - self.mean) / self.deviation))) * 12.5 + 3


def torch_case(name, model, shape, opset=13, double=False, **options):
    torch.manual_seed(7)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
    model = model.eval()
    model = model.double() if double else model
    x = torch.randn(6, *shape, dtype=torch.float64 if double else torch.float32)
    with torch.no_grad():
        # the reference is computed in double from the same numbers
        y = model.double()(x.double())
    model = model if double else model.float()
    torch.onnx.export(model, x[:1], str(here / (name + ".onnx")), opset_version=opset, input_names=["x"], output_names=["y"],
                      dynamic_axes={"x": {0: "batch"}, "y": {0: "batch"}}, **options)
    record(name, x.numpy(), y.numpy())


torch.manual_seed(1)
L = nn.Linear
torch_case("pt_relu", nn.Sequential(L(5, 8), nn.ReLU(), L(8, 3)), [5])
torch_case("pt_double_tanh", nn.Sequential(L(5, 8), nn.Tanh(), L(8, 2), nn.Sigmoid()), [5], double=True)
torch_case("pt_double_gelu", nn.Sequential(L(4, 6), nn.GELU(), L(6, 2)), [4], double=True)
torch_case("pt_gelu_tanh", nn.Sequential(L(4, 6), nn.GELU(approximate="tanh"), L(6, 2)), [4])
torch_case("pt_silu_mish", nn.Sequential(L(4, 6), nn.SiLU(), L(6, 6), nn.Mish(), L(6, 2)), [4])
torch_case("pt_bounded", nn.Sequential(L(4, 6), nn.ReLU6(), L(6, 6), nn.Hardtanh(-2, 0.5), L(6, 4), nn.Hardsigmoid(), L(4, 1)), [4], opset=14)
torch_case("pt_leaky_elu_selu", nn.Sequential(L(4, 6), nn.LeakyReLU(0.2), L(6, 6), nn.ELU(0.7), L(6, 5), nn.SELU(), L(5, 1)), [4], opset=9)
torch_case("pt_softplus_softsign", nn.Sequential(L(4, 6), nn.Softplus(), L(6, 6), nn.Softsign(), L(6, 2)), [4], opset=11)
torch_case("pt_batchnorm_dropout", nn.Sequential(L(6, 8, bias=False), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.4), L(8, 3), nn.Softmax(dim=1)),
           [6], training=torch.onnx.TrainingMode.EVAL, do_constant_folding=False)
torch_case("pt_flatten", nn.Sequential(nn.Flatten(), L(12, 5), nn.ReLU(), L(5, 3), nn.Softmax(dim=-1)), [3, 4], opset=12)
torch_case("pt_view", Viewed(), [2, 3, 4], opset=10)
torch_case("pt_own_scaling", Permuted(), [5])
torch_case("pt_prelu", nn.Sequential(L(4, 6), nn.PReLU(), L(6, 1)), [4])

torch.manual_seed(3)
model = nn.Sequential(L(4, 8), nn.ReLU(), L(8, 3), nn.LogSoftmax(dim=1)).eval()
x = torch.randn(6, 4)
torch.onnx.export(model, x[:1], str(here / "pt_log_softmax.onnx"), opset_version=13, dynamic_axes={"onnx::Gemm_0": {0: "n"}})
record("pt_log_softmax", x.numpy(), torch.exp(model.double()(x.double())).detach().numpy(), note="logarithms")


# ---- what only files show

def dense(w, b, x, f=lambda z: z):
    return f(x @ w.T + b)


relu = lambda z: np.maximum(z, 0)
w1, b1, w2, b2 = (rng.randn(5, 3), rng.randn(5), rng.randn(2, 5), rng.randn(2))
w1, b1, w2, b2 = (a.astype(np.float32).astype(np.float64) for a in (w1, b1, w2, b2))
x = rng.randn(4, 3).astype(np.float32).astype(np.float64)
plain = dense(w2, b2, dense(w1, b1, x, relu))

save("left_operand", [
    helper.make_node("MatMul", ["w1", "x"], ["z1"], "first"),
    helper.make_node("Add", ["b1", "z1"], ["c1"]),
    helper.make_node("Relu", ["c1"], ["a1"]),
    helper.make_node("MatMul", ["w2", "a1"], ["z2"]),
    helper.make_node("Add", ["z2", "b2"], ["y"])],
    [value("x", TensorProto.FLOAT, [3, 1])], [value("y", TensorProto.FLOAT, [2, 1])],
    [tensor("w1", w1), tensor("b1", b1.reshape(-1, 1)), tensor("w2", w2), tensor("b2", b2.reshape(-1, 1))])
record("left_operand", x, plain)

save("rank_one", [
    helper.make_node("MatMul", ["x", "w1"], ["z1"]),
    helper.make_node("Add", ["z1", "b1"], ["c1"]),
    helper.make_node("Relu", ["c1"], ["a1"]),
    helper.make_node("MatMul", ["w2", "a1"], ["z2"]),
    helper.make_node("Add", ["z2", "b2"], ["y"])],
    [value("x", TensorProto.FLOAT, [3])], [value("y", TensorProto.FLOAT, [2])],
    [tensor("w1", w1.T), tensor("b1", b1), tensor("w2", w2), tensor("b2", b2)])
record("rank_one", x, plain)

save("gemm_without_c", [
    helper.make_node("Gemm", ["x", "w1"], ["z1"], "/fc1/Gemm", transB=1, alpha=0.5),
    helper.make_node("Add", ["z1", "/fc1/bias"], ["/fc1/out"], "/fc1/Add"),
    helper.make_node("Relu", ["/fc1/out"], ["/act/out"], "/act/Relu"),
    helper.make_node("Gemm", ["/act/out", "w2", "b2"], ["y"], "/fc2/Gemm", beta=2.0)],
    [value("x", TensorProto.FLOAT, ["batch", 3])], [value("y", TensorProto.FLOAT, ["batch", 2])],
    [tensor("w1", w1), tensor("/fc1/bias", b1), tensor("w2", w2.T), tensor("b2", b2)], opset=11)
record("gemm_without_c", x, dense(w2, 2 * b2, dense(0.5 * w1, b1, x, relu)))

# inputs list initializers, as the third version of the format wants it; softmax over axis 1 and behind; clip with attributes
soft = lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
save("opset_7", [
    helper.make_node("Mul", ["x", "third"], ["x3"]),
    helper.make_node("Gemm", ["x3", "w1", "b1"], ["z1"], transB=1),
    helper.make_node("Clip", ["z1"], ["c1"], min=0.0, max=6.0),
    helper.make_node("Dropout", ["c1"], ["a1"], ratio=0.3),
    helper.make_node("Gemm", ["a1", "w2", "b2"], ["z2"], transB=1),
    helper.make_node("Softmax", ["z2"], ["y"])],
    [value("x", TensorProto.FLOAT, [1, 3]), value("w1", TensorProto.FLOAT, [5, 3]), value("b1", TensorProto.FLOAT, [5]),
     value("w2", TensorProto.FLOAT, [2, 5]), value("b2", TensorProto.FLOAT, [2]), value("third", TensorProto.FLOAT, [1])],
    [value("y", TensorProto.FLOAT, [1, 2])],
    [tensor("w1", w1), tensor("b1", b1), tensor("w2", w2), tensor("b2", b2), tensor("third", np.float32(1 / 3))], opset=7, ir=3)
record("opset_7", x, soft(dense(w2, b2, np.clip(dense(w1, b1, x * np.float64(np.float32(1 / 3))), 0, 6))))

# samples along the last axis, weights in half precision, external data
save("turned", [
    helper.make_node("Cast", ["h1"], ["w1"], to=TensorProto.FLOAT),
    helper.make_node("Gemm", ["x", "w1", "b1"], ["z1"], transA=1, transB=1),
    helper.make_node("Tanh", ["z1"], ["a1"]),
    helper.make_node("Transpose", ["w2"], ["t2"], perm=[1, 0]),
    helper.make_node("MatMul", ["a1", "t2"], ["z2"]),
    helper.make_node("Constant", [], ["b2"], value=tensor("", b2)),
    helper.make_node("Add", ["z2", "b2"], ["y"])],
    [value("x", TensorProto.FLOAT, [3, "batch"])], [value("y", TensorProto.FLOAT, ["batch", 2])],
    [tensor("h1", w1, np.float16), tensor("b1", b1), tensor("w2", w2)])
record("turned", x, dense(w2, b2, dense(w1.astype(np.float16).astype(np.float64), b1, x, np.tanh)))

model = onnx.load(here / "gemm_without_c.onnx")
data = here / "external.data"
if data.exists():
    os.remove(data)
onnx.save_model(model, str(here / "external.onnx"), save_as_external_data=True, location="external.data", size_threshold=0)
record("external", x, dense(w2, 2 * b2, dense(0.5 * w1, b1, x, relu)))

(here / "models.json").write_text(json.dumps(cases, indent=1))
print(len(cases), "models,", sum(f.stat().st_size for f in here.iterdir()), "bytes")


# ---- trained further, in double: ten epochs of Adam over batches in the order of the rows

torch.manual_seed(5)
model = nn.Sequential(L(4, 9), nn.Tanh(), L(9, 3)).double()
xs = torch.tensor((iris.data[::2] - iris.data.mean(axis=0)) / iris.data.std(axis=0))
ys = torch.tensor(iris.target[::2], dtype=torch.long)
torch.onnx.export(model, xs[:1], str(here / "pt_double_logits.onnx"), opset_version=13, dynamic_axes={"onnx::Gemm_0": {0: "n"}})
record("pt_double_logits", xs[::9].numpy(), model(xs[::9]).detach().numpy())
(here / "models.json").write_text(json.dumps(cases, indent=1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
losses = []
for epoch in range(10):
    for at in range(0, len(xs), 25):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(xs[at:at + 25]), ys[at:at + 25])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
(here / "finetuning.json").write_text(json.dumps({
    "rows": xs.numpy().ravel().tolist(), "labels": ys.tolist(), "losses": losses,
    "parameters": [v for p in model.parameters() for v in p.detach().numpy().ravel().tolist()]}))
