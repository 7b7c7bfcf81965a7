#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from desabinaan.lib.web.startup import exit_with_one_sentence


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
    with exit_with_one_sentence():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
