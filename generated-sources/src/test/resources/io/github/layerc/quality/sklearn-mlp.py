"""Trains scikit-learn's multi-layer perceptrons on tables that come with it: python3 sklearn-mlp.py FOLDER < settings.json > scores.json

Settings are a list of {table, hidden, activation, learning_rate, batch, epochs, l2, seeds}, all that Adam of layerc's class is told, too. Each seed is a split of its
own: a quarter of the samples is the test, with the same share of each class. Inputs are standardised by mean and deviation of the training part, and so are the targets
of a regression. FOLDER gets each part as TABLE-SEED-train.f64 and TABLE-SEED-test.f64: little-endian doubles, for each sample its inputs, then its target, a number of a
class from 0 on or an amount.

Scores are a list of {table, score, seconds, processor_seconds}, a number for each seed: accuracy or R2 of the test part, and the times of fit alone.
"""

import json
import sys
import time
import warnings

try:
    import numpy as np
    import sklearn
    from sklearn import datasets
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.model_selection import train_test_split
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.preprocessing import StandardScaler
except ImportError as missing:
    # for Sklearn.java, which leaves its test out
    print(missing, file=sys.stderr)
    sys.exit(77)

# it warns of all trainings that end by their number of epochs, as these are to
warnings.simplefilter("ignore", ConvergenceWarning)


def split(table, seed):
    x, y = getattr(datasets, "load_" + table)(return_X_y=True)
    classes = y.dtype.kind == "i"
    parts = train_test_split(x, y, test_size=0.25, random_state=seed, stratify=y if classes else None)
    x_train, x_test, y_train, y_test = parts
    inputs = StandardScaler().fit(x_train)
    if not classes:
        targets = StandardScaler().fit(y_train[:, None])
        y_train, y_test = (targets.transform(part[:, None])[:, 0] for part in (y_train, y_test))
    return classes, inputs.transform(x_train), y_train, inputs.transform(x_test), y_test


def perceptron(settings, classes, seed):
    # alpha / 2 sum w^2 is divided by the samples of the batch, here taken for full; the squared error of a regression has a half, that of layerc has none
    alpha = settings["l2"] * settings["batch"] / (1 if classes else 2)
    return (MLPClassifier if classes else MLPRegressor)(
        settings["hidden"], settings["activation"], solver="adam", alpha=alpha, batch_size=settings["batch"],
        learning_rate_init=settings["learning_rate"], max_iter=settings["epochs"], n_iter_no_change=np.inf,
        random_state=seed)


def scores(folder, settings):
    table = settings["table"]
    found = {"table": table, "score": [], "seconds": [], "processor_seconds": []}
    for seed in settings["seeds"]:
        classes, x_train, y_train, x_test, y_test = split(table, seed)
        for part, x, y in [("train", x_train, y_train), ("test", x_test, y_test)]:
            np.column_stack([x, y]).astype("<f8").tofile(f"{folder}/{table}-{seed}-{part}.f64")
        network = perceptron(settings, classes, seed)
        begin, processor = time.perf_counter(), time.process_time()
        network.fit(x_train, y_train)
        found["seconds"].append(time.perf_counter() - begin)
        found["processor_seconds"].append(time.process_time() - processor)
        found["score"].append(network.score(x_test, y_test))
    return found


json.dump({"version": sklearn.__version__, "tables": [scores(sys.argv[1], each) for each in json.load(sys.stdin)]},
          sys.stdout)
