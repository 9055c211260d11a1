"""Makes foreign-2.pth and foreign-4.pth: checkpoints of a training script with all sorts of Python objects beside the weights.

    python3 make_foreign.py

Needs Python 3.11, and neither PyTorch nor NumPy: small stand-ins have the names under which they pickle tensors, arrays and numbers, and
Python's own pickler writes the rest. The tests need no Python: the files are committed.
"""
import argparse, collections, dataclasses, datetime, decimal, enum, fractions, functools, io, pathlib, pickle, random, struct, sys, types
import uuid, zipfile


def module(name):
    made = sys.modules[name] = types.ModuleType(name)
    return made


def placed(thing, where, name=None):
    thing.__module__, thing.__qualname__, thing.__name__ = where, name or thing.__name__, name or thing.__name__
    setattr(sys.modules[where], thing.__name__, thing)
    return thing


for name in ("torch", "torch._utils", "torch.storage", "lightning_fabric", "lightning_fabric.utilities", "lightning_fabric.utilities.data",
             "project", "numpy", "numpy.core", "numpy.core.multiarray", "numpy.random", "numpy.random._pickle"):
    module(name)


class Storage:
    def __init__(self, type, key, count):
        self.id = ("storage", type, key, "cpu", count)


FloatStorage = placed(type("FloatStorage", (), {}), "torch")
UntypedStorage = placed(type("UntypedStorage", (), {}), "torch.storage")
uint16 = placed(type("uint16", (), {}), "torch")
rebuild = placed(lambda *a: None, "torch._utils", "_rebuild_tensor_v2")
rebuild_other = placed(lambda *a: None, "torch._utils", "_rebuild_tensor_v3")
rebuild_parameter = placed(lambda *a: None, "torch._utils", "_rebuild_parameter_with_state")


class Tensor:
    def __init__(self, key, *size):
        self.key, self.size = key, size

    def __reduce__(self):
        return rebuild, (Storage(FloatStorage, self.key, 4), 0, self.size, tuple([2, 1][2 - len(self.size):]), False,
                         collections.OrderedDict())


class OtherTensor:
    def __reduce__(self):
        return rebuild_other, (Storage(UntypedStorage, "2", 8), 0, (4,), (1,), False, collections.OrderedDict(), uint16, None)


class Parameter:
    def __reduce__(self):
        return rebuild_parameter, (Tensor("0", 2, 2), True, collections.OrderedDict(), {"tag": datetime.date(2026, 1, 1)})


class Pickler(pickle._Pickler):
    def persistent_id(self, thing):
        return thing.id if isinstance(thing, Storage) else None


dtype = placed(type("dtype", (), {
    "__reduce__": lambda self: (dtype, ("f8", False, True), (3, "<", None, None, None, -1, -1, 0))}), "numpy")
ndarray = placed(type("ndarray", (), {}), "numpy")
reconstruct = placed(lambda *a: None, "numpy.core.multiarray", "_reconstruct")
scalar = placed(lambda *a: None, "numpy.core.multiarray", "scalar")
random_state = placed(lambda *a: None, "numpy.random._pickle", "__randomstate_ctor")


class Scalar:
    def __reduce__(self):
        return scalar, (dtype(), struct.pack("<d", 0.5))


class Array:
    def __reduce__(self):
        return reconstruct, (ndarray, (0,), b"b"), (1, (2,), dtype(), False, struct.pack("<2d", 1, 2))


class RandomState:
    def __reduce__(self):
        return random_state, ("MT19937",), {"bit_generator": "MT19937", "state": {"key": Array(), "pos": 624}, "has_gauss": 0}


AttributeDict = placed(type("AttributeDict", (dict,), {}), "lightning_fabric.utilities.data")
Registry = placed(type("Registry", (collections.OrderedDict,), {}), "project")
Settings = placed(dataclasses.make_dataclass("Settings", [("rate", float), ("nested", object)]), "project")
Slotted = placed(type("Slotted", (), {"__slots__": ("a", "b")}), "project")
Kind = placed(enum.Enum("Kind", ["A", "B"]), "project")
Point = placed(collections.namedtuple("Point", "x y"), "project")


class Extended:
    def __reduce_ex__(self, protocol):
        return Settings, (0.1, None), {"rate": 3}, iter([1, 2]), iter([("k", 1)])


slotted = Slotted()
slotted.a, slotted.b = 1, Tensor("0", 2)
recursive = [1]
recursive.append((recursive,))
circle = Settings(0.5, None)
circle.nested = (circle,)
weights = collections.OrderedDict(weight=Tensor("0", 2, 2), bias=Tensor("1", 2))
weights._metadata = collections.OrderedDict({"": {"version": 1}})

foreign = dict(
    namespace=argparse.Namespace(lr=2e-3, betas=(0, 0.99), deep=argparse.Namespace(x=[1])),
    attributes=AttributeDict(a=1, b=AttributeDict()),
    counter=collections.Counter([1, 1, 2]), default=collections.defaultdict(list, {"loss": [0.5, 0.25]}), registry=Registry(weights),
    deque=collections.deque([1, 2], maxlen=3), set={1, "a"}, frozen=frozenset([1, 2]), bytes=b"\x00\xff", bytearray=bytearray(b"abc"),
    complex=1 + 2j, datetime=datetime.datetime(2026, 5, 1, 12, 30), delta=datetime.timedelta(1), path=pathlib.PurePosixPath("/a/b"),
    large=1 << 100, decimal=decimal.Decimal("0.1"), fraction=fractions.Fraction(1, 3), uuid=uuid.UUID(int=5), slice=slice(1, 2),
    range=range(3), ellipsis=..., scalar=Scalar(), array=Array(), dtype=dtype(), generator=RandomState(),
    function=functools.reduce, type=Settings, partial=functools.partial(sorted, key=len), method="a b".split,
    dataclass=Settings(0.1, {"t": Tensor("0", 2)}), slotted=slotted,
    enum=Kind.B, point=Point(1, Tensor("1", 2)), extended=Extended(), surrogate="a\udce9b", exception=ValueError("no"), circle=circle,
    fp8=OtherTensor())
known = dict(epoch=3, loss=float("nan"), name="σ", none=None, states=random.Random(1).getstate(),
             numpy_state=("MT19937", Array(), 624, 0, 0.0), recursive=recursive,
             keys={0.5: 1, (1, 2): 2, True: 3, None: 4, b"k": 5, "text": 6, Kind.A: 7},
             by_size={64: weights, 128: weights}, list=[weights, {"lr": 1}])


def write(protocol):
    buffer = io.BytesIO()
    content = {"before": foreign, "g_ema": weights, "parameters": {"weight": Parameter()}, **known, **foreign,
               "mixed": {**weights, "height": 28, "1._extra_state": None, "args": foreign["namespace"], "half": OtherTensor(),
                         7: "seven"}}
    Pickler(buffer, protocol).dump(content)
    with zipfile.ZipFile(f"foreign-{protocol}.pth", "w") as zip:
        def add(name, data):
            zip.writestr(zipfile.ZipInfo("foreign/" + name, (1980, 1, 1, 0, 0, 0)), data)
        add("data.pkl", buffer.getvalue())
        add("byteorder", "little")
        add("data/0", struct.pack("<4f", 1, 2, 3, 4))
        add("data/1", struct.pack("<4f", 5, 6, 7, 8))
        add("data/2", struct.pack("<4H", 1, 2, 3, 4))
        add("version", "3\n")


for protocol in (2, 4):
    write(protocol)
