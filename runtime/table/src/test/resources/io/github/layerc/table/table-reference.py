"""Writes table-reference.json: columns, and what scikit-learn's transformers make of them.

python3 table-reference.py > table-reference.json, with NumPy and scikit-learn; the file says which versions. Values of a column are of training rows first, then of others, which are only
transformed. null is a missing value. Rules for missing values are SimpleImputer's, in front of the transformer, as in a Pipeline.
"""
import json
import numpy as np
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (FunctionTransformer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler,
                                   StandardScaler)

random = np.random.RandomState(17)
TRAIN = 40

TRANSFORMS = {
    'none': lambda: FunctionTransformer(),
    'scale': lambda: FunctionTransformer(lambda x: 0.25 * x),
    'standardize': StandardScaler,
    'min_max': MinMaxScaler,
    'robust': RobustScaler,
    'log1p': lambda: FunctionTransformer(np.log1p),
    'log1p_standardize': lambda: make_pipeline(FunctionTransformer(np.log1p), StandardScaler()),
}
IMPUTERS = {
    'mean': lambda: SimpleImputer(strategy='mean'),
    'median': lambda: SimpleImputer(strategy='median'),
    'constant': lambda: SimpleImputer(strategy='constant', fill_value=2.5),
    'indicator': lambda: SimpleImputer(strategy='mean'),
}


def columns():
    normal = random.standard_normal(50) * 3 + 7
    yield 'normal', normal
    yield 'far', 1e6 + random.standard_normal(50)
    yield 'skewed', np.exp(random.standard_normal(50) * 2)
    yield 'whole', np.floor(random.uniform(0, 5, 50))
    yield 'constant', np.full(50, 0.1)
    yield 'tiny', random.standard_normal(50) * 1e-9


def listed(values):
    return [None if np.isnan(v) else float(v) for v in values]


cases = []
for name, values in columns():
    for transform, make in TRANSFORMS.items():
        if transform.startswith('log1p') and values.min() <= -1:
            continue
        for missing in ('error', *IMPUTERS):
            x = values.copy().reshape(-1, 1)
            if missing != 'error':
                x[random.permutation(50)[:9]] = np.nan
            steps = [] if missing == 'error' else [IMPUTERS[missing]()]
            pipeline = make_pipeline(*steps, make()).fit(x[:TRAIN])
            features = pipeline.transform(x)
            if missing == 'indicator':
                features = np.hstack([features, np.isnan(x).astype(float)])
            cases.append({'name': f'{name} {transform} {missing}', 'kind': 'number', 'transform': transform,
                          'missing': missing, 'values': listed(x[:, 0]), 'features': features.tolist()})

words = np.array(['red', 'green', 'blue'])
colours = words[random.randint(0, 3, 50)].reshape(-1, 1)
numbers = [int(np.where(words == w)[0][0]) for w in colours[:, 0]]
for transform, encoder in (('one_hot', OneHotEncoder(categories=[words.tolist()], sparse_output=False)),
                           ('ordinal', OrdinalEncoder(categories=[words.tolist()]))):
    cases.append({'name': f'colour {transform}', 'kind': 'category', 'transform': transform, 'missing': 'error',
                  'values': numbers, 'features': encoder.fit(colours[:TRAIN]).transform(colours).tolist()})

print(json.dumps({'numpy': np.__version__, 'sklearn': sklearn.__version__, 'train': TRAIN, 'cases': cases}))
