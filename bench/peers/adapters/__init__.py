"""One module per supervisor; each has a class Peer."""

import importlib

ALL = ["redb", "supervisord", "s6", "runit"]


def find(name):
    return importlib.import_module(f"adapters.{name}").Peer
