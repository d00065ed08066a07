"""The function `greet` for the package functions-framework, with the same call and answer as in the emulator."""

import json

import functions_framework

CONFIG = {"serviceAccount": {"username": "user"}}


@functions_framework.http
def greet(request):
    name = request.get_json()["arguments"].get("name", "person")
    greeting = f"Greetings {name}, my username is {CONFIG['serviceAccount']['username']}!"
    return json.dumps(greeting), 200, {"Content-Type": "application/json; charset=utf-8"}
