"""Makes the files of HdfKindsTest in this folder: python3 make.py, with h5py 3.7 and HDF5 1.10.8.

Each is a valid train_catvnoncat.h5 of 6 pictures of 4x5x3, pixel i being 7 i modulo 256, with labels 0, 1, 0, 1, ..., but for what its name says.
"""
import ctypes
import zlib

import h5py
import numpy as np
from h5py import h5d, h5p, h5s, h5t

X = (np.arange(360) * 7 % 256).astype("u1").reshape(6, 4, 5, 3)
Y = (np.arange(6) % 2).astype("i8")
C = np.array([b"non-cat", b"cat"])
CHUNKS = dict(chunks=(1, 4, 5, 3))


def file(name, x=None, y=None, c=None, **options):
    with h5py.File(name + ".h5", "w", **options) as f:
        for dataset, values, make in (("train_set_x", X, x), ("train_set_y", Y, y), ("list_classes", C, c)):
            (make or plain())(f, dataset, values)


def plain(**options):
    return lambda f, name, values: f.create_dataset(name, data=values, **options)


def data(values, **options):
    return lambda f, name, _: f.create_dataset(name, data=values, **options)


def low(kind=None, prepare=lambda p: None, most=None):
    def make(f, name, values):
        p = h5p.create(h5p.DATASET_CREATE)
        prepare(p)
        space = h5s.create_simple(values.shape, most or values.shape)
        d = h5d.create(f.id, name.encode(), kind or h5t.py_create(values.dtype), space, p)
        d.write(h5s.ALL, h5s.ALL, np.ascontiguousarray(values))

    return make


def bits(kind, precision, offset):
    kind = kind.copy()
    kind.set_precision(precision)
    kind.set_offset(offset)
    return kind


def part(f, name, values):
    f.create_dataset(name, shape=values.shape, dtype="u1", fillvalue=7, **CHUNKS)[:2] = values[:2]


def unwritten(**options):
    return lambda f, name, values: f.create_dataset(name, shape=values.shape, dtype=values.dtype, **options)


def direct(chunk, mask=0, **options):
    """Writes what is given as the chunks, around the filters."""

    def make(f, name, values):
        d = f.create_dataset(name, shape=values.shape, dtype=values.dtype, **options)
        for i in range(0, values.shape[0], d.chunks[0]):
            place = (i,) + (0,) * (values.ndim - 1)
            d.id.write_direct_chunk(place, chunk(values[i : i + d.chunks[0]]), mask)

    return make


def committed(f, name, values):
    f["type"] = values.dtype
    f.create_dataset(name, data=values, dtype=f["type"])


def virtual(f, name, values):
    f["source"] = values
    layout = h5py.VirtualLayout(shape=values.shape, dtype="u1")
    layout[:] = h5py.VirtualSource(f["source"])
    f.create_virtual_dataset(name, layout)


def nbit(p):
    p.set_chunk((2,))
    p.set_filter(5, 0, ())


def unfiltered_edge(p):
    """Chunks that stick out are stored as they are, and nothing in their index says so: h5py has no name for that option."""
    p.set_chunk((16,))
    p.set_shuffle()
    path = next(line.split()[-1] for line in open("/proc/self/maps") if "libhdf5" in line and "_hl" not in line)
    set_chunk_opts = ctypes.CDLL(path).H5Pset_chunk_opts
    set_chunk_opts.argtypes = [ctypes.c_int64, ctypes.c_uint]
    assert set_chunk_opts(p.id, 2) >= 0


def early(p):
    p.set_chunk((1, 4, 5, 3))
    p.set_alloc_time(h5d.ALLOC_TIME_EARLY)


text = h5py.string_dtype()
compact = low(prepare=lambda p: p.set_layout(h5d.COMPACT))
file("fill-value", part)
file("unwritten", unwritten())
file("unwritten-chunks", unwritten(**CHUNKS), libver="latest")
file("huge", lambda f, n, v: f.create_dataset(n, shape=(6, 2**14, 2**13, 1), chunks=(1, 1, 1, 1), dtype="u1"), libver="latest")
file("fletcher32", plain(**CHUNKS, fletcher32=True))
file("fletcher32-odd", plain(chunks=(3, 4, 3, 3), fletcher32=True))
file("fletcher32-labels", None, plain(chunks=(2,), fletcher32=True, shuffle=True))
file("bits-pictures", lambda f, n, v: low(bits(h5t.STD_U8LE, 4, 2))(f, n, v & 15))
file("bits-labels-big-endian", None, low(bits(h5t.STD_I64BE, 5, 9)))
file("user-block-512", userblock_size=512)
file("user-block-2048", plain(**CHUNKS, compression="gzip"), userblock_size=2048, libver="latest")
file("compact", compact, compact, compact)
file("chunks-v3", plain(**CHUNKS, compression="gzip", shuffle=True, fletcher32=True))
file("chunks-v4-btree", plain(chunks=(4, 3, 5, 2), maxshape=(None, None, 5, 3), compression="gzip"), libver="latest")
file("chunks-v4-extensible", plain(**CHUNKS, maxshape=(None, 4, 5, 3)), libver="latest")
file("chunks-v4-implicit", low(prepare=early), libver="latest")
file("mask", None, direct(lambda v: v.tobytes(), 1, chunks=(3,), shuffle=True))
file("unfiltered-edge", None, low(prepare=unfiltered_edge, most=(h5s.UNLIMITED,)), libver="latest")
file("chunk-too-short", direct(lambda v: b"x" * 30, **CHUNKS))
file("chunk-too-long", direct(lambda v: zlib.compress(b"x" * 90), **CHUNKS, compression="gzip"))
file("lzf", plain(**CHUNKS, compression="lzf"))
file("szip", plain(**CHUNKS, compression="szip"))
file("scaleoffset", plain(**CHUNKS, scaleoffset=0))
file("nbit", None, low(bits(h5t.STD_I64LE, 5, 3), nbit))
file("virtual", virtual)
file("external", lambda f, n, v: f.create_dataset(n, shape=v.shape, dtype="u1", external=[("raw.bin", 0, 360)]))
file("committed", committed)
file("soft-link", lambda f, n, v: f.__setitem__(n, h5py.SoftLink("/" + n)))
file("external-link", lambda f, n, v: f.__setitem__(n, h5py.ExternalLink("other.h5", "/x")))
file("group", lambda f, n, v: f.__setitem__(n, f["/"]))
file("labels-big-endian", None, plain(dtype=">i8"))
file("labels-bool", None, data(Y.astype("?")))
file("labels-float16", None, data(Y.astype("f2")))
file("labels-uint64", None, data(Y.astype("u8") * np.uint64(2**64 - 1)))
file("labels-null", None, data(h5py.Empty("i8")))
file("control-characters", c=data(["a\x1b[31m\nb", "\u202ecat\u2028\x85\x7f"], dtype=text))
file("classes-variable", c=data(["non-cat", "cat"], dtype=text, chunks=(1,), compression="gzip"))
file("classes-latin1", c=data(np.array([b"\xe4", b"cat"])))
file("no-classes", c=lambda f, n, v: None)
