"""What a benchmark needs to know of a stand-in: a simulator that costs next to nothing.

A stand-in holds one upload of so many rows and its ready results. The floor moves the same bytes over
the same paths; the program under test writes the same rows. A connector names its stand-in in
`connector.toml` (`stand_in`): a callable that takes `folder` and `rows`; with `rows` it makes the
files in the folder, with None it serves those that lie there.
"""

from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from writeback.sdk.simulator.messages import Crm


class CycleRow(NamedTuple):
    """One row of the upload."""

    record_id: str
    values: tuple[str | int | None, ...]
    """Along the cycle's fields."""
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Cycle:
    """One upload and its results, as bytes and as rows."""

    object: str
    fields: tuple[str, ...]
    up_path: str
    """Takes the upload again and again, so that a floor can be measured without opening a job."""
    up_headers: tuple[tuple[str, str], ...]
    up_file: Path
    """The bytes that a client sends for these rows."""
    down_paths: tuple[str, ...]
    """The answers of that upload; good once it was sent."""
    rows: abc.Callable[[], abc.Iterator[CycleRow]]
    """Makes the rows anew each time, in the order of the upload."""


class StandIn(Crm, Protocol):
    """A simulator that answers one kind of upload from ready files."""

    cycle: Cycle
