"""The function that everybody starts with."""

from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose
def greet(context, name="person"):
    return f"Greetings {name}, my username is {context.config['serviceAccount']['username']}!"
