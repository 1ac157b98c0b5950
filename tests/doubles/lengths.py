"""How many examples a generated test takes: few in every run, many where somebody asks for length."""

import os

AT_LENGTH = "WRITEBACK_TESTS_AT_LENGTH"
"""Set it to run generated tests with their nightly counts: `WRITEBACK_TESTS_AT_LENGTH=1 pytest …`."""


def examples(few: int, *, nightly: int) -> int:
    """Give the number of examples for this run."""
    return nightly if os.environ.get(AT_LENGTH) else few
