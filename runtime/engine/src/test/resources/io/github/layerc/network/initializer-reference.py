"""Writes initializer-reference.txt, the weights of InitializerTest: python3 initializer-reference.py > initializer-reference.txt

Drawn with NumPy's RandomState. A line is the initializer of each layer, the seed, the sizes of input and layers, and all weights, matrix after matrix, in C order.
"""

import numpy as np


def orthogonal(random, m, n, gain):
    a = random.randn(m, n)
    q, r = np.linalg.qr(a if m >= n else a.T)
    q = q * np.sign(np.diag(r))
    return gain * (q if m >= n else q.T)


def uniform(random, m, n, bound):
    return random.uniform(-bound, bound, (m, n))


DRAWS = {
    "scaled_normal": lambda r, m, n: r.randn(m, n) / np.sqrt(n),
    "normal": lambda r, m, n: r.randn(m, n) * 0.01,
    "he_normal": lambda r, m, n: r.randn(m, n) * np.sqrt(2 / n),
    "he_uniform": lambda r, m, n: uniform(r, m, n, np.sqrt(6 / n)),
    "glorot_normal": lambda r, m, n: r.randn(m, n) * np.sqrt(2 / (n + m)),
    "glorot_uniform": lambda r, m, n: uniform(r, m, n, np.sqrt(6 / (n + m))),
    "lecun_normal": lambda r, m, n: r.randn(m, n) * np.sqrt(1 / n),
    "lecun_uniform": lambda r, m, n: uniform(r, m, n, np.sqrt(3 / n)),
    "orthogonal": lambda r, m, n: orthogonal(r, m, n, 1),
    "zeros": lambda r, m, n: np.zeros((m, n)),
    "constant": lambda r, m, n: np.full((m, n), 0.0),
}


def line(names, seed, dims):
    random = np.random.RandomState(seed)
    weights = [DRAWS[name](random, m, n) for name, n, m in zip(names, dims, dims[1:])]
    numbers = " ".join(repr(float(weight)) for matrix in weights for weight in matrix.ravel())
    return f"{','.join(names)} {seed} {','.join(map(str, dims))} {numbers}"


def main():
    print(f"# NumPy {np.__version__}")
    for name in DRAWS:
        print(line([name] * 3, 7, [3, 5, 2, 2]))
    # an odd number of deviates: the one that is left waits behind the layers that draw none
    mixed = ["he_normal", "glorot_uniform", "zeros", "orthogonal", "constant", "lecun_normal"]
    print(line(mixed, 4294967295, [3, 3, 4, 2, 3, 2, 1]))


main()
