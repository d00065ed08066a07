"""Results of every kind."""

from checking import checked, whole
from ixoncdkingress.function.context import FunctionContext

VALUES = {
    "str": "text",
    "empty": "",
    "unicode": "héllo wörld – 日本語 😀",
    "int": 42,
    "neg": -1,
    "float": 1.5,
    "float_int": 1.0,
    "float_small": 1e-7,
    "float_big": 1e22,
    "float_01": 0.1 + 0.2,
    "true": True,
    "none": None,
    "dict": {"b": 1, "a": 2},
    "list": [1, "two", None],
    "nested": {"l": [{"x": [1, [2, {"y": "z"}]]}], "e": {}, "f": []},
}


@FunctionContext.expose
def get(context, kind):
    return VALUES[checked(str, kind)]


@FunctionContext.expose
def echo(context, v=None):
    return v


@FunctionContext.expose
def big(context, n):
    return "x" * whole(n)
