"""Arguments of every kind."""

from checking import checked, whole
from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose
def echo(context, a=None, b="dflt"):
    return {"a": a, "b": b}


@FunctionContext.expose
def need(context, a, b):
    return [a, b]


@FunctionContext.expose
def kw(context, **everything):
    return everything


@FunctionContext.expose
def typed(context, n):
    return whole(n)


@FunctionContext.expose
def length(context, data):
    return len(checked(str, data))


def hidden(context):
    return "hidden"
