"""Reads the files that MutatedFilesTest keeps, with NumPy, and compares the values.

Of each NAME.npy or NAME.idx, packed by gzip or not, NAME.values has what layerc read, as
doubles with the lowest byte first. Prints a line for each difference, and one that counts.

    python3 compare.py FOLDER
"""

import gzip
import pathlib
import sys

import numpy as np

IDX = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


def idx(data):
    axes = data[3]
    shape = np.frombuffer(data, ">u4", axes, 4)
    return np.frombuffer(data, IDX[data[2]], offset=4 + 4 * axes).reshape(shape)


def read(file):
    data = file.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if file.suffix == ".idx":
        return idx(data)
    plain = file.with_suffix(".unpacked")
    plain.write_bytes(data)
    return np.load(plain, allow_pickle=False)


def main(folder):
    compared = refused = different = 0
    for values in sorted(folder.glob("*.values")):
        file = next(f for f in (values.with_suffix(".npy"), values.with_suffix(".idx")) if f.exists())
        try:
            expected = read(file).astype(np.float64).ravel()
        except Exception as problem:
            refused += 1
            print(f"{file.name}: read by layerc only: {type(problem).__name__}: {problem}"[:200])
            continue
        found = np.frombuffer(values.read_bytes(), "<f8")
        compared += 1
        if not np.array_equal(expected, found, equal_nan=True):
            different += 1
            print(f"{file.name}: {expected} against {found}")
    print(f"{compared} compared, {different} different, {refused} read by layerc only")
    return different


if __name__ == "__main__":
    sys.exit(1 if main(pathlib.Path(sys.argv[1])) else 0)
