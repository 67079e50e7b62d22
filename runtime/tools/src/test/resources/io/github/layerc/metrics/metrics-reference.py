"""Writes metrics-reference.json, the values of MetricReferenceTest: python3 metrics-reference.py > metrics-reference.json

Outputs and targets are drawn; what they are worth is what scikit-learn says. Formulas are written out where it has none: top-k of one output, Brier of many classes.
"""

import json

import numpy as np
import sklearn
from sklearn import metrics as m
from sklearn.calibration import calibration_curve

random = np.random.RandomState(11)


def averages(y, predicted):
    found = {}
    for average in ["macro", "micro", "weighted"]:
        precision, recall, f1, _ = m.precision_recall_fscore_support(y, predicted, average=average, zero_division=0)
        found[average] = [precision, recall, f1]
    return found


def of_classes(y, outputs):
    """Targets by number; outputs [samples] of class 1, or [samples][classes]."""
    one = outputs.ndim == 1
    count = 2 if one else outputs.shape[1]
    labels = list(range(count))
    predicted = (outputs > 0.5).astype(int) if one else outputs.argmax(axis=1)
    hot = np.eye(count)[y]
    each = m.precision_recall_fscore_support(y, predicted, labels=labels, zero_division=0)
    usual = m.precision_recall_fscore_support(
        y, predicted, average="binary" if one else "macro", zero_division=0)
    top = {k: 1.0 if k >= count else m.top_k_accuracy_score(y, outputs, k=k, labels=labels) for k in [2, 3, 5]}
    right = predicted == y
    observed, mean = calibration_curve(y if one else right, outputs if one else outputs.max(axis=1), n_bins=10)
    values = {
        "accuracy": m.accuracy_score(y, predicted),
        "top_2_accuracy": top[2],
        "top_3_accuracy": top[3],
        "top_5_accuracy": top[5],
        "precision": usual[0],
        "recall": usual[1],
        "f1": usual[2],
        "matthews": m.matthews_corrcoef(y, predicted),
        "roc_auc": m.roc_auc_score(y if one else hot, outputs),
        "pr_auc": m.average_precision_score(y if one else hot, outputs),
        "log_loss": m.log_loss(y, outputs, labels=labels),
        "brier": m.brier_score_loss(y, outputs) if one else ((outputs - hot) ** 2).sum(axis=1).mean(),
    }
    case = {
        "units": 1 if one else count,
        "targets": (y if one else hot).ravel().tolist(),
        "outputs": outputs.ravel().tolist(),
        "metrics": values,
        "precision": each[0].tolist(),
        "recall": each[1].tolist(),
        "f1": each[2].tolist(),
        "averages": averages(y, predicted),
        "confusion": m.confusion_matrix(y, predicted, labels=labels).tolist(),
        "calibration": [mean.tolist(), observed.tolist()],
    }
    if one:
        false, true, _ = m.roc_curve(y, outputs, drop_intermediate=False)
        case["roc"] = [false.tolist(), true.tolist()]
    return case


def of_regression(y, outputs):
    return {
        "units": y.shape[1],
        "targets": y.ravel().tolist(),
        "outputs": outputs.ravel().tolist(),
        "metrics": {
            "mae": m.mean_absolute_error(y, outputs),
            "rmse": m.mean_squared_error(y, outputs, squared=False),
            "mape": m.mean_absolute_percentage_error(y, outputs),
            "r2": m.r2_score(y, outputs),
            "explained_variance": m.explained_variance_score(y, outputs),
        },
    }


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def main():
    y = (random.rand(60) < 0.3).astype(int)
    many = random.randint(0, 4, 80)
    few = np.where(random.randint(0, 6, 50) == 1, 0, random.randint(0, 6, 50))
    wide = random.randn(30, 3) * [1, 10, 0.1] + [0, 5, 2]
    zeros = np.stack([np.zeros(12), np.arange(12.0)], axis=1)
    cases = {
        "one output": of_classes(y, 1 / (1 + np.exp(-(2 * y - 1 + random.randn(60))))),
        "one output, many of them equal": of_classes(y, np.clip(np.round(0.4 * y + random.rand(60) * 0.7, 1), 0, 1)),
        "one output, saturated": of_classes(y, np.where(random.rand(60) < 0.2, 1.0 - y, y).astype(float)),
        "one output that never says yes": of_classes(y, random.rand(60) * 0.5),
        "four classes": of_classes(many, softmax(1.5 * np.eye(4)[many] + random.randn(80, 4))),
        "six classes, one never predicted": of_classes(
            few, softmax(np.eye(6)[few] + random.randn(50, 6) - [0, 0, 0, 0, 9, 0])),
        "regression": of_regression(wide[:, :1], wide[:, :1] + 0.3 * random.randn(30, 1)),
        "regression with three outputs": of_regression(wide, wide + random.randn(30, 3) + 0.5),
        "regression with targets that are all 0": of_regression(zeros, zeros + random.randn(12, 2)),
        "regression that is right": of_regression(zeros, zeros),
    }
    print(json.dumps({"scikit-learn": sklearn.__version__, "cases": cases}))


main()
