"""A module of a package."""

from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose
def f(context):
    return "pkg.mod.f"
