"""Writes training-reference.json, the numbers of TrainingReferenceTest: python3 training-reference.py > training-reference.json

A small network is trained in double for 20 updates with all its samples, once for each way to train and each loss; every rule is the formula of its paper, written with
NumPy's arrays and nothing else; the first numbers of L-BFGS are those of SciPy's L-BFGS-B, whose steps are the same where the first trial of each search, 1, will do. Made with NumPy 2.4.6 and
SciPy 1.17.1. "training", "loss" and "output" of a case are those of a spec, "first" and "last" what its layers say for themselves, the "targets" and "weights" those of the samples, the "parameters" are those after the last update, W1, b1, W2, b2, each in C order, where its own "start" says more, with what a normalisation has behind b1, and "outputs" what is predicted then, and the "rates" those of all updates.
"""

import json

import numpy as np
import scipy.optimize

UPDATES = 20
RATE = 0.05

random = np.random.RandomState(5)
SAMPLES = random.randn(7, 3)
TARGETS = random.randn(7, 2)
START = [random.randn(4, 3), random.randn(4), random.randn(2, 4), random.randn(2)]
GAMMA = np.array([1.0, 0.5, -0.75, 1.25])


# What an output layer makes of its pre-activations, and what the derivatives after its activations become by it.


def identity(z):
    return z, lambda da: da


def sigmoid(z):
    a = 1 / (1 + np.exp(-z))
    return a, lambda da: da * a * (1 - a)


def softplus(z):
    return np.log1p(np.exp(z)), lambda da: da / (1 + np.exp(-z))


def softmax(z):
    a = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return a, lambda da: a * (da - (da * a).sum(axis=1, keepdims=True))


# Derivatives of the losses of all samples after their outputs; that of the cost has the mean of the samples, and of the outputs where a loss is no sum of them.


def mean_squared_error(a, y):
    return 2 * (a - y) / a.shape[1]


def mean_absolute_error(a, y):
    return np.sign(a - y) / a.shape[1]


def huber(a, y, delta=1.0):
    return np.clip(a - y, -delta, delta) / a.shape[1]


def log_cosh(a, y):
    return np.tanh(a - y) / a.shape[1]


def poisson(a, y):
    return (1 - y / a) / a.shape[1]


def hinge(a, y):
    return np.where(y * a < 1, -y, 0) / a.shape[1]


def binary_cross_entropy(a, y, label_smoothing=0.0):
    y = y * (1 - label_smoothing) + label_smoothing / 2
    return ((1 - y) / (1 - a) - y / a) / a.shape[1]


def categorical_cross_entropy(a, y, label_smoothing=0.0):
    y = y * (1 - label_smoothing) + label_smoothing / a.shape[1]
    return -y / a


def penalty(w, l1=0.0, l2=0.0):
    """The gradient of l1 times the magnitudes of weights and l2 / 2 times their squares."""
    return l1 * np.sign(w) + l2 * w


# What normalises the pre-activations of the first layer, over the samples or over the units: n, and what its gradient becomes, by the Jacobian of one group of values.


def normalized(u, epsilon):
    """Of the columns."""
    n = (u - u.mean(axis=0)) / np.sqrt(u.var(axis=0) + epsilon)

    def back(dn):
        m = len(u)
        du = np.empty_like(u)
        for k in range(u.shape[1]):
            centring = np.eye(m) - 1 / m
            jacobian = (centring - np.outer(n[:, k], n[:, k]) / m) / np.sqrt(u[:, k].var() + epsilon)
            du[:, k] = jacobian.T @ dn[:, k]
        return du

    return n, back


def batch_norm(u, epsilon=1e-5):
    return normalized(u, epsilon)


def layer_norm(u, epsilon=1e-5):
    n, back = normalized(u.T, epsilon)
    return n.T, lambda dn: back(dn.T).T


def first(parameters, normalization):
    """The weighted sums of the first layer, and its pre-activations."""
    u = SAMPLES @ parameters[0].T
    if normalization is None:
        return u, u + parameters[1], None, None
    n, back = normalization(u)
    return u, parameters[2] * n + parameters[1], n, back


def gradients(parameters, penalties, output, loss, targets, weights, normalization=None):
    """Of the cost of two layers, the first with tanh, and of the penalties of their weights."""
    w1, w2, b2 = parameters[0], parameters[-2], parameters[-1]
    u, z1, n, normalized_back = first(parameters, normalization)
    a1 = np.tanh(z1)
    a2, back = output(a1 @ w2.T + b2)
    dz2 = weights[:, None] * back(loss(a2, targets)) / len(SAMPLES)
    dz1 = (dz2 @ w2) * (1 - a1**2)
    du = dz1 if normalization is None else normalized_back(dz1 * parameters[2])
    return [
        du.T @ SAMPLES + penalty(w1, **penalties[0]),
        dz1.sum(axis=0),
        *([] if normalization is None else [(dz1 * n).sum(axis=0)]),
        dz2.T @ a1 + penalty(w2, **penalties[1]),
        dz2.sum(axis=0),
    ]


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


# L-BFGS as Nocedal and Wright's "Numerical Optimization" writes it, with the matrix H itself, (7.16), and algorithms 3.5 and 3.6 one after the other. The
# book leaves open how a trial is chosen; the rules here are those that its readers use: the cubic of (3.59) in the inner 80 percent of an interval, 1.1 to 4 times
# the last distance beyond it.


def cubic(a, b):
    (ta, fa, sa), (tb, fb, sb) = a, b
    d1 = sa + sb - 3 * (fa - fb) / (ta - tb)
    inside = d1**2 - sa * sb
    if inside < 0:
        return np.nan
    d2 = np.sign(tb - ta) * np.sqrt(inside)
    return tb - (tb - ta) * (sb + d2 - d1) / (sb - sa + 2 * d2)


def line_search(phi, f0, s0, t, c1, c2, evaluations):
    """A step that meets the strong Wolfe conditions; else the lowest of those tried that meets the first one."""

    def zoom(low, high, left):
        while left > 0:
            t, start, width = cubic(low, high), min(low[0], high[0]), abs(high[0] - low[0])
            if not start + 0.1 * width <= t <= start + 0.9 * width:
                t = start + width / 2
            f, s = phi(t)
            left -= 1
            if f > f0 + c1 * t * s0 or f >= low[1]:
                high = (t, f, s)
            else:
                if abs(s) <= -c2 * s0:
                    return t
                if s * (high[0] - low[0]) >= 0:
                    high = low
                low = (t, f, s)
        return low[0]

    last = (0.0, f0, s0)
    for left in range(evaluations - 1, -1, -1):
        f, s = phi(t)
        now = (t, f, s)
        if f > f0 + c1 * t * s0 or (last[0] > 0 and f >= last[1]):
            return zoom(last, now, left)
        if abs(s) <= -c2 * s0:
            return t
        if s >= 0:
            return zoom(now, last, left)
        distance = t - last[0]
        guess = cubic(last, now)
        t = t + 4 * distance if np.isnan(guess) else np.clip(guess, t + 1.1 * distance, t + 4 * distance)
        last = now
    return last[0]


def lbfgs(f, x, rates, history=10, c1=1e-4, c2=0.9, evaluations=20):
    """f returns cost and gradient."""
    pairs = []
    for rate in rates:
        value, g = f(x)
        h = np.eye(len(x))
        if pairs:
            s, y = pairs[-1]
            h *= s @ y / (y @ y)
        for s, y in pairs:
            v = np.eye(len(x)) - np.outer(y, s) / (s @ y)
            h = v.T @ h @ v + np.outer(s, s) / (s @ y)
        d = -h @ g

        def phi(t):
            value, gradient = f(x + t * d)
            return value, gradient @ d

        first = rate if pairs else rate * min(1, 1 / np.linalg.norm(g))
        new = x + line_search(phi, value, g @ d, first, c1, c2, evaluations) * d
        s, y = new - x, f(new)[1] - g
        assert s @ y > 0
        pairs = (pairs + [(s, y)])[-history:]
        x = new
    return x


def cost_and_gradient(l2):
    def f(x):
        arrays = [part.reshape(like.shape) for part, like in zip(np.split(x, np.cumsum([p.size for p in START])[:-1]), START)]
        value = cost(arrays) + l2 / 2 * sum(np.sum(p**2) for p in arrays if p.ndim == 2)
        parts = gradients(arrays, 2 * [{"l2": l2}], identity, mean_squared_error, TARGETS, np.ones(len(SAMPLES)))
        return value, np.concatenate([part.ravel() for part in parts])

    return f


def cost(parameters):
    w1, b1, w2, b2 = parameters[0], parameters[1], parameters[-2], parameters[-1]
    return np.mean((np.tanh(SAMPLES @ w1.T + b1) @ w2.T + b2 - TARGETS) ** 2)


# The rates of a schedule, one after the other: a generator that is sent the cost after each update. They are made from the one before where that can be done.


def constant(first=RATE):
    while True:
        yield first


def warm(updates, then):
    for t in range(updates):
        yield RATE * (t + 1) / updates
    yield from then


def step(every, factor):
    rate = RATE
    t = 0
    while True:
        yield rate
        t += 1
        rate = rate * factor if t % every == 0 else rate


def exponential(factor):
    rate = RATE
    while True:
        yield rate
        rate *= factor


def cosine(updates=UPDATES, last=0.0):
    for t in range(updates):
        yield RATE * last + (RATE - RATE * last) * (1 + np.cos(np.pi * t / updates)) / 2


def polynomial(power=1.0, last=0.0):
    for t in range(UPDATES):
        yield (RATE - RATE * last) * (1 - t / UPDATES) ** power + RATE * last


def one_cycle(rise=0.3, div_factor=25.0, final_div_factor=1e4):
    first, end, top = RATE / div_factor, RATE / div_factor / final_div_factor, rise * UPDATES - 1
    for t in range(UPDATES):
        a, b, share = (first, RATE, t / top) if t <= top else (RATE, end, (t - top) / (UPDATES - 1 - top))
        yield b + (a - b) / 2 * (1 + np.cos(np.pi * share))


def reduce_on_plateau(factor, patience, min_delta=0.0, lowest=0.0):
    rate, best, waited = RATE, np.inf, 0
    while True:
        now = yield rate
        best, waited = (now, 0) if now < best - min_delta else (best, waited + 1)
        if waited == patience:
            rate, waited = max(rate * factor, lowest * RATE), 0


# What clipping makes of the gradients of all arrays.


def value(gradients, at):
    return [np.clip(g, -at, at) for g in gradients]


def norm(gradients, at):
    return [g * min(1.0, at / np.linalg.norm(g)) for g in gradients]


def global_norm(gradients, at):
    whole = np.sqrt(sum(np.sum(g**2) for g in gradients))
    return [g * min(1.0, at / whole) for g in gradients]


def trained(
    optimizer,
    penalties=({}, {}),
    clip=None,
    schedule=None,
    output=identity,
    loss=mean_squared_error,
    targets=TARGETS,
    weights=np.ones(len(SAMPLES)),
    normalization=None,
    averaging=None,
    **numbers,
):
    parameters = START if normalization is None else START[:2] + [GAMMA] + START[2:]
    average = parameters
    states = [{} for _ in parameters]
    schedule = constant() if schedule is None else schedule
    rates = [next(schedule)]
    clipped = set()
    for t in range(1, UPDATES + 1):
        all_gradients = gradients(parameters, penalties, output, loss, targets, weights, normalization)
        if clip is not None:
            clipped.add(any(np.any(a != b) for a, b in zip(all_gradients, clip(all_gradients))))
            all_gradients = clip(all_gradients)
        parameters = [
            optimizer(p, g, state, t, rates[-1], p.ndim == 2, **numbers)
            for p, g, state in zip(parameters, all_gradients, states)
        ]
        if averaging is not None:
            average = [averaging * a + (1 - averaging) * p for a, p in zip(average, parameters)]
        if t < UPDATES:
            rates.append(schedule.send(cost(parameters)))
    # some steps are clipped, others are not
    assert clip is None or clipped == {True, False}
    last = parameters if averaging is None else average
    return np.concatenate([p.ravel() for p in last]).tolist(), rates


def case(training, optimizer, text="mean_squared_error", output=identity, targets=TARGETS, **how):
    parameters, rates = trained(optimizer, output=output, targets=targets, **how)
    return {
        "training": f"learning_rate: {RATE}, {training}",
        "loss": text,
        "output": output.__name__,
        "targets": targets.ravel().tolist(),
        "parameters": parameters,
        "rates": rates,
    }


def of_loss(loss, output=identity, targets=TARGETS, **numbers):
    settings = "".join(f", {name}: {value}" for name, value in numbers.items())
    return case(
        "optimizer: momentum",
        momentum,
        text=f"{{kind: {loss.__name__}{settings}}}" if numbers else loss.__name__,
        output=output,
        targets=targets,
        loss=lambda a, y: loss(a, y, **numbers),
    )


def scheduled(text, schedule):
    return case(f"optimizer: momentum, schedule: {text}", momentum, schedule=schedule)


def of_normalization(text, optimizer, running=None, **how):
    """Parameters W1, b1, gamma1, W2, b2; with batch normalisation the running mean and variance stand behind gamma1, and predictions take these."""
    moments = []

    def watched(u, epsilon=how.pop("epsilon", 1e-5), kind=how.pop("kind")):
        moments.append((u.mean(axis=0), u.var(axis=0, ddof=1)))
        return kind(u, epsilon)

    each = case(f"optimizer: {optimizer.__name__}", optimizer, normalization=watched, **how)
    each["first"] = f"normalization: {text}"
    ends = np.array(each["parameters"])
    w1, b1, gamma, w2, b2 = np.split(ends, np.cumsum([12, 4, 4, 8]))
    start = START[:2] + [GAMMA] + START[2:]
    if running is None:
        u = SAMPLES @ w1.reshape(4, 3).T
        n = watched(u)[0]
    else:
        mean, variance = np.zeros(4), np.ones(4)
        for m, v in moments:
            mean, variance = running * mean + (1 - running) * m, running * variance + (1 - running) * v
        ends = np.concatenate([w1, b1, gamma, mean, variance, w2, b2])
        start[3:3] = [np.zeros(4), np.ones(4)]
        n = (SAMPLES @ w1.reshape(4, 3).T - mean) / np.sqrt(variance + watched.__defaults__[0])
    a1 = np.tanh(gamma * n + b1)
    each["parameters"] = ends.tolist()
    each["start"] = np.concatenate([p.ravel() for p in start]).tolist()
    each["outputs"] = how.get("output", identity)(a1 @ w2.reshape(2, 4).T + b2)[0].ravel().tolist()
    return each


def of_lbfgs(text, rate=RATE, l2=0.0, **numbers):
    start = np.concatenate([p.ravel() for p in START])
    found = lbfgs(cost_and_gradient(l2), start, UPDATES * [rate], **numbers)
    if rate == 1:
        limits = {"maxiter": UPDATES, "ftol": 0, "gtol": 0}
        scipys = scipy.optimize.minimize(cost_and_gradient(l2), start, jac=True, method="L-BFGS-B", options=limits).x
        assert np.max(np.abs(scipys - found)) < 1e-13
        found = scipys
    training = f"learning_rate: {rate}, optimizer: {text}" + (f", l2: {l2}" if l2 else "")
    how = {"training": training, "parameters": found.tolist(), "rates": UPDATES * [rate]}
    return {**case("", gradient_descent), **how}


OPTIMIZERS = [gradient_descent, momentum, nesterov, rmsprop, adagrad, adam, adamw, nadam]
CASES = [case(f"optimizer: {each.__name__}", each) for each in OPTIMIZERS]
CASES += [case(f"optimizer: {each.__name__}, l2: 0.1", each, penalties=2 * [{"l2": 0.1}]) for each in OPTIMIZERS]
CASES += [
    case(f"optimizer: {each.__name__}, l1: 0.02, l2: 0.1", each, penalties=2 * [{"l1": 0.02, "l2": 0.1}])
    for each in OPTIMIZERS
]
CASES += [
    {**case("optimizer: momentum, l1: 0.01, l2: 0.1", momentum, penalties=penalties), **own}
    for penalties, own in [
        ([{"l1": 0.01, "l2": 0.3}, {"l1": 0.05, "l2": 0.0}], {"first": "l2: 0.3", "last": "l1: 0.05, l2: 0"}),
        ([{"l1": 0.0, "l2": 0.1}, {"l1": 0.01, "l2": 0.1}], {"first": "l1: 0"}),
    ]
]
CASES += [
    case("optimizer: momentum, momentum: 0.5", momentum, mu=0.5),
    case("optimizer: {kind: rmsprop, rho: 0.99, epsilon: 0.001}", rmsprop, rho=0.99, epsilon=0.001),
    case("optimizer: {kind: adagrad, epsilon: 0.1}", adagrad, epsilon=0.1),
    case("optimizer: {kind: adam, beta1: 0.8, epsilon: 0.01}", adam, beta1=0.8, epsilon=0.01),
    case("optimizer: {kind: adamw, weight_decay: 0.5}", adamw, weight_decay=0.5),
    case("optimizer: {kind: nadam, beta1: 0.95, beta2: 0.99}", nadam, beta1=0.95, beta2=0.99),
]
CASES += [
    of_lbfgs("lbfgs", rate=1, l2=0.1),
    of_lbfgs("lbfgs"),
    # beyond the first trials, between them, at points of cubics and in the middle
    of_lbfgs("{kind: lbfgs, history: 3, c1: 0.01, c2: 0.3}", rate=3, l2=0.02, history=3, c1=0.01, c2=0.3),
    of_lbfgs("{kind: lbfgs, history: 3, c1: 0.01}", rate=20, l2=0.1, history=3, c1=0.01),
    of_lbfgs("{kind: lbfgs, evaluations: 2}", l2=0.01, evaluations=2),
]
CASES += [
    scheduled("constant", constant()),
    scheduled("{kind: constant, warm_up: 5}", warm(5, constant())),
    scheduled("{kind: step, every: 6, factor: 0.5}", step(6, 0.5)),
    scheduled("{kind: exponential, factor: 0.9}", exponential(0.9)),
    scheduled("cosine", cosine()),
    scheduled("{kind: cosine, last: 0.1, warm_up: 4}", warm(4, cosine(UPDATES - 4, 0.1))),
    scheduled("polynomial", polynomial()),
    scheduled("{kind: polynomial, power: 2, last: 0.01}", polynomial(2, 0.01)),
    scheduled("one_cycle", one_cycle()),
    scheduled("{kind: reduce_on_plateau, factor: 0.5, patience: 2, min_delta: 0.02}", reduce_on_plateau(0.5, 2, 0.02)),
    scheduled("{kind: reduce_on_plateau, patience: 1, min_delta: 0.02, lowest: 0.2}", reduce_on_plateau(0.1, 1, 0.02, 0.2)),
]
CASES += [
    case(f"optimizer: {{kind: rmsprop, epsilon: 0.1}}, l2: 0.1, clip: {{kind: {each.__name__}, at: {at}}}",
         rmsprop, epsilon=0.1, penalties=2 * [{"l2": 0.1}], clip=lambda g, each=each, at=at: each(g, at))
    for each, at in [(value, 0.2), (norm, 0.3), (global_norm, 0.5)]
]

CASES += [
    case("optimizer: gradient_descent, averaging: 0.75", gradient_descent, averaging=0.75),
    case("optimizer: adam, averaging: 0.9", adam, averaging=0.9),
]

SIDES = np.where(TARGETS > 0, 1.0, -1.0)
SHARES = random.rand(*TARGETS.shape)
ONE_OF_TWO = np.eye(2)[random.randint(2, size=len(SAMPLES))]
COUNTS = random.poisson(2.0, TARGETS.shape).astype(float)
CASES += [
    of_loss(mean_absolute_error),
    of_loss(huber),
    of_loss(huber, delta=0.5),
    of_loss(log_cosh),
    of_loss(poisson, softplus, COUNTS),
    of_loss(poisson, sigmoid, COUNTS),
    of_loss(hinge, identity, SIDES),
    of_loss(binary_cross_entropy, sigmoid, SHARES),
    of_loss(binary_cross_entropy, sigmoid, SHARES, label_smoothing=0.2),
    of_loss(categorical_cross_entropy, softmax, ONE_OF_TWO),
    of_loss(categorical_cross_entropy, softmax, ONE_OF_TWO, label_smoothing=0.1),
]

WEIGHTS = np.array([1.0, 0.0, 2.5, 1.0, 0.5, 2.5, 1.0])
CLASSES = ONE_OF_TWO.argmax(axis=1)
BALANCED = (len(CLASSES) / (2 * np.bincount(CLASSES)))[CLASSES]


def of_classes(text, weights):
    return case(
        f"optimizer: momentum, class_weights: {text}",
        momentum,
        text="categorical_cross_entropy",
        output=softmax,
        targets=ONE_OF_TWO,
        loss=categorical_cross_entropy,
        weights=weights,
    )


OWN = {"weights": WEIGHTS.tolist()}
CASES += [
    {**case(f"optimizer: {each.__name__}", each, weights=WEIGHTS), **OWN} for each in [gradient_descent, nesterov, adam]
]
CASES += [
    of_classes("[1, 3]", np.array([1.0, 3.0])[CLASSES]),
    of_classes("balanced", BALANCED),
    {**of_classes("{0: 2, 1: 0.5}", np.array([2.0, 0.5])[CLASSES] * WEIGHTS), **OWN},
]

CASES += [of_normalization("batch_norm", each, 0.9, kind=batch_norm) for each in [gradient_descent, momentum, adam]]
CASES += [of_normalization("layer_norm", each, kind=layer_norm) for each in [gradient_descent, momentum, adam]]
CASES += [
    of_normalization("{kind: batch_norm, momentum: 0.5, epsilon: 0.1}", nesterov, 0.5, kind=batch_norm, epsilon=0.1),
    of_normalization("{kind: layer_norm, epsilon: 0.1}", nesterov, kind=layer_norm, epsilon=0.1),
]

if __name__ == "__main__":
    print(
        json.dumps(
            {
                "samples": SAMPLES.ravel().tolist(),
                "start": np.concatenate([p.ravel() for p in START]).tolist(),
                "cases": CASES,
            },
            indent=1,
        )
    )
