"""What a check is handed: the subject, benches, and rooms with the engine in them.

Checks that only read, or write a value and read it back, share one bench, so that a suite of a
hundred checks builds few simulators. A check that arms faults opens a bench of its own.
"""

import shutil
import tempfile
from collections import abc
from pathlib import Path

from writeback.conformance.benches import Bench
from writeback.conformance.subjects import Subject


class Stage:
    """Everything one run of the suite stands on."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.folder = Path(tempfile.mkdtemp(prefix="conformance-"))
        self.kept: dict[str, object] = {}
        """What rooms share within this run: the empty workspace that each begins with."""
        self._shared: Bench | None = None

    @property
    def shared(self) -> Bench:
        """Give the bench that quiet checks share."""
        if self._shared is None:
            self._shared = Bench(self.subject)
        return self._shared

    def bench(
        self,
        *,
        options: abc.Mapping[str, str] | None = None,
        simulator: abc.Mapping[str, str] | None = None,
        seed: int = 1,
        can_refresh: bool = True,
        read_timeout_s: float = 20.0,
    ) -> Bench:
        """Open a bench of its own; a context manager. Reads are tried again for twice the time limit."""
        return Bench(
            self.subject,
            options=options,
            simulator=simulator,
            seed=seed,
            can_refresh=can_refresh,
            read_timeout_s=read_timeout_s,
        )

    def new_folder(self) -> Path:
        """Give an empty folder."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def close(self) -> None:
        """Close what is shared and remove the folder."""
        if self._shared is not None:
            self._shared.close()
            self._shared = None
        shutil.rmtree(self.folder, ignore_errors=True)
