"""Functions that return the context of a call."""

from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose
def dump(context):
    kinds = ("user", "company", "asset", "agent", "template")
    return {"config": context.config, **{kind: dumped(getattr(context, kind)) for kind in kinds}}


@FunctionContext.expose
def config(context):
    return context.config


@FunctionContext.expose
def agent_or_asset(context):
    return dumped(context.agent_or_asset)


def dumped(resource):
    if resource is None:
        return None
    return {
        "public_id": resource.public_id,
        "name": resource.name,
        "custom_properties": resource.custom_properties,
        "permissions": None if resource.permissions is None else sorted(resource.permissions),
    }
