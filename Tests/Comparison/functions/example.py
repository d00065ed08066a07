"""The function of the first example."""

from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose
def greet(context, name="person"):
    return f"Greetings {name}, my username is {context.config['serviceAccount']['username']}!"
