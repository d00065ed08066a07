"""Starts the original's server in the current folder, with a running MongoDB in place of its container."""

import os
import sys

# Modules are found in that folder and not beside this file, as with `python -m ixoncdkingress`.
sys.path[0] = os.getcwd()

from ixoncdkingress.webserver import wsgi  # noqa: E402
from ixoncdkingress.webserver.config import Config, get_config  # noqa: E402
from ixoncdkingress.webserver.servlet import Servlet  # noqa: E402
from pymongo import MongoClient  # noqa: E402
from pymongo.errors import OperationFailure  # noqa: E402


def prepare_mongod(config: Config) -> None:
    """Creates the user that the original connects as, unless an earlier start has created it."""
    with MongoClient("127.0.0.1", config.document_db_port) as client:
        try:
            client.admin.command("createUser", "root", pwd="mongo-root", roles=["userAdminAnyDatabase"])
        except OperationFailure as error:
            if "already exists" not in str(error):
                raise


config = get_config()
wsgi.setup_mongo_container = prepare_mongod
wsgi.run_server(config, Servlet(config))
