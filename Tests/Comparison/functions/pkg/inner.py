"""A module of a package with an agent tool."""

from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose(is_agentic=True)
def ping(context: FunctionContext) -> str:
    """Pings."""
    return "pong"
