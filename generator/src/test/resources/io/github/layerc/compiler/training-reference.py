"""Writes training-reference.json, the numbers of TrainingReferenceTest: python3 training-reference.py > training-reference.json

A small network is trained in double for 20 updates with all its samples, once for each way to train; every rule is the formula of its paper, written with
NumPy's arrays and nothing else. The "training" of a case is that of a spec, the "parameters" are those after the last update, W1, b1, W2, b2, each in C order.
"""

import json

import numpy as np

UPDATES = 20
RATE = 0.05

random = np.random.RandomState(5)
SAMPLES = random.randn(7, 3)
TARGETS = random.randn(7, 2)
START = [random.randn(4, 3), random.randn(4), random.randn(2, 4), random.randn(2)]


def gradients(parameters, l2):
    """Of the mean squared error of two layers, tanh and identity, and of l2 / 2 times the squares of the weights."""
    w1, b1, w2, b2 = parameters
    a1 = np.tanh(SAMPLES @ w1.T + b1)
    out = a1 @ w2.T + b2
    dz2 = 2 * (out - TARGETS) / out.size
    dz1 = (dz2 @ w2) * (1 - a1**2)
    return [dz1.T @ SAMPLES + l2 * w1, dz1.sum(axis=0), dz2.T @ a1 + l2 * w2, dz2.sum(axis=0)]


def gradient_descent(p, g, state, t, rate, weight):
    return p - rate * g


def momentum(p, g, state, t, rate, weight, mu=0.9):
    state["v"] = mu * state.get("v", 0) + g
    return p - rate * state["v"]


def nesterov(p, g, state, t, rate, weight, mu=0.9):
    state["v"] = mu * state.get("v", 0) + g
    return p - rate * (g + mu * state["v"])


def rmsprop(p, g, state, t, rate, weight, rho=0.9, epsilon=1e-8):
    state["s"] = rho * state.get("s", 0) + (1 - rho) * g**2
    return p - rate * g / (np.sqrt(state["s"]) + epsilon)


def adagrad(p, g, state, t, rate, weight, epsilon=1e-10):
    state["s"] = state.get("s", 0) + g**2
    return p - rate * g / (np.sqrt(state["s"]) + epsilon)


def means(g, state, beta1, beta2):
    state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * g
    state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * g**2
    return state["m"], state["v"]


def adam(p, g, state, t, rate, weight, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = means(g, state, beta1, beta2)
    return p - rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)


def adamw(p, g, state, t, rate, weight, weight_decay=0.01):
    return adam(p - (rate * weight_decay * p if weight else 0), g, state, t, rate, weight)


def nadam(p, g, state, t, rate, weight, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m, v = means(g, state, beta1, beta2)
    mu = beta1 * (1 - 0.5 * 0.96 ** (np.arange(1, t + 2) / 250))
    m = mu[t] * m / (1 - np.prod(mu)) + (1 - mu[t - 1]) * g / (1 - np.prod(mu[:t]))
    return p - rate * m / (np.sqrt(v / (1 - beta2**t)) + epsilon)


def trained(optimizer, l2=0.0, **numbers):
    parameters = START
    states = [{} for _ in parameters]
    for t in range(1, UPDATES + 1):
        parameters = [
            optimizer(p, g, state, t, RATE, p.ndim == 2, **numbers)
            for p, g, state in zip(parameters, gradients(parameters, l2), states)
        ]
    return np.concatenate([p.ravel() for p in parameters]).tolist()


def case(training, optimizer, **how):
    return {"training": f"learning_rate: {RATE}, {training}", "parameters": trained(optimizer, **how)}


OPTIMIZERS = [gradient_descent, momentum, nesterov, rmsprop, adagrad, adam, adamw, nadam]
CASES = [case(f"optimizer: {each.__name__}", each) for each in OPTIMIZERS]
CASES += [case(f"optimizer: {each.__name__}, l2: 0.1", each, l2=0.1) for each in OPTIMIZERS]
CASES += [
    case("optimizer: momentum, momentum: 0.5", momentum, mu=0.5),
    case("optimizer: {kind: rmsprop, rho: 0.99, epsilon: 0.001}", rmsprop, rho=0.99, epsilon=0.001),
    case("optimizer: {kind: adagrad, epsilon: 0.1}", adagrad, epsilon=0.1),
    case("optimizer: {kind: adam, beta1: 0.8, epsilon: 0.01}", adam, beta1=0.8, epsilon=0.01),
    case("optimizer: {kind: adamw, weight_decay: 0.5}", adamw, weight_decay=0.5),
    case("optimizer: {kind: nadam, beta1: 0.95, beta2: 0.99}", nadam, beta1=0.95, beta2=0.99),
]

if __name__ == "__main__":
    print(
        json.dumps(
            {
                "samples": SAMPLES.ravel().tolist(),
                "targets": TARGETS.ravel().tolist(),
                "start": np.concatenate([p.ravel() for p in START]).tolist(),
                "cases": CASES,
            },
            indent=1,
        )
    )
