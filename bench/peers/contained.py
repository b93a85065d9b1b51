#!/usr/bin/env python3
"""Runs a command, and afterwards ends by its pid whatever it left behind: contained.py COMMAND [ARGUMENT...]"""

import subprocess
import sys

import world


def main():
    world.adopt_orphans()
    try:
        return subprocess.run(sys.argv[1:], check=False).returncode
    finally:
        world.kill_everything()


if __name__ == "__main__":
    sys.exit(main())
