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
from writeback.sdk.simulator import issue_certificates, utc_now


class Stage:
    """Everything one run of the suite stands on."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.folder = Path(tempfile.mkdtemp(prefix="conformance-"))
        self.ca = issue_certificates(self.folder / "authority", now=utc_now()).ca
        """Trusted instead of the bundled authorities, which cost more to load than a check to run."""
        self.kept: dict[str, object] = {}
        """What rooms share within this run: the empty workspace that each begins with."""
        self._shared: Bench | None = None

    @property
    def shared(self) -> Bench:
        """Give the bench that quiet checks share."""
        if self._shared is None:
            self._shared = self.bench()
        return self._shared

    def bench(
        self,
        *,
        options: abc.Mapping[str, str] | None = None,
        simulator: abc.Mapping[str, str] | None = None,
        seed: int = 1,
        can_refresh: bool = True,
    ) -> Bench:
        """Open a bench of its own; a context manager."""
        return Bench(
            self.subject,
            ca=self.ca,
            options=options,
            simulator=simulator,
            seed=seed,
            can_refresh=can_refresh,
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
