"""Functions that fail, wait or print."""

import os
import time

from ixoncdkingress.function.context import FunctionContext


@FunctionContext.expose
def boom(context):
    raise Exception("boom: secret detail")


@FunctionContext.expose
def trap(context):
    numbers = [1, 2, 3]
    return numbers[len(numbers) + 2]


@FunctionContext.expose
def exit(context):
    os._exit(3)


@FunctionContext.expose
def sleep(context, s=1):
    time.sleep(s)
    return s


@FunctionContext.expose
def prints(context):
    print("hello from print")
    return "printed"
