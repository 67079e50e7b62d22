"""Makes the files of parameters that ParameterImportTest reads, and parameters.json with inputs and what PyTorch 1.13 and NumPy compute of them in double."""
import json
import pathlib

import numpy as np
import torch
from torch import nn

here = pathlib.Path(__file__).parent
cases = {}
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.int64: "I64", torch.bfloat16: "BF16"}


def save_safetensors(name, state):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    # as the library does: by the size of the numbers, then by name
    for key in sorted(state, key=lambda k: (-state[k].element_size(), k)):
        raw = state[key].contiguous().numpy().tobytes()
        header[key] = {"dtype": TYPES[state[key].dtype], "shape": list(state[key].shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (here / name).write_bytes(len(text).to_bytes(8, "little") + text + data)


def case(name, model, dtype=torch.float32):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm1d):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
        if isinstance(module, (nn.BatchNorm1d, nn.LayerNorm)):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias)
    model = model.to(dtype).eval()
    save_safetensors(name, model.state_dict())
    x = torch.randn(3, 4).double()
    with torch.no_grad():
        cases[name] = [x.tolist(), model.double()(x).tolist()]


class Named(nn.Module):
    """The order of its names is not that of its data."""

    def __init__(self):
        super().__init__()
        self.fc1, self.bn1, self.fc2, self.bn2, self.last = nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Linear(6, 5, bias=False), nn.BatchNorm1d(5), nn.Linear(5, 3)

    def forward(self, x):
        return self.last(torch.tanh(self.bn2(self.fc2(torch.relu(self.bn1(self.fc1(x)))))))


torch.manual_seed(2)
case("pt_sequential.safetensors", nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3)))
case("pt_double.safetensors", nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 3)), torch.float64)
case("pt_half.safetensors", nn.Sequential(nn.Linear(4, 6, bias=False), nn.ReLU(), nn.Linear(6, 3)), torch.float16)
case("pt_batchnorm.safetensors", Named())
case("pt_layernorm.safetensors", nn.Sequential(nn.Linear(4, 6, bias=False), nn.LayerNorm(6), nn.SiLU(), nn.Linear(6, 3)))

rng = np.random.RandomState(4)
w1, b1, w2, b2 = rng.randn(6, 4), rng.randn(6), rng.randn(3, 6).astype(np.float32), rng.randn(3)
x = rng.randn(3, 4)
y = np.maximum(x @ w1.T + b1, 0) @ w2.astype(np.float64).T + b2
np.savez(here / "numpy.npz", W1=w1, b1=b1, W2=w2, b2=b2.reshape(1, -1))
np.savez_compressed(here / "numpy_turned.npz", W1=w1.T, b1=b1.reshape(-1, 1), W2=np.asfortranarray(w2.T), b2=b2)
cases["numpy.npz"] = cases["numpy_turned.npz"] = [x.tolist(), y.tolist()]
(here / "parameters.json").write_text(json.dumps(cases) + "\n")
