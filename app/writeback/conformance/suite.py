"""Run the checks over one connector and say how good it is proved to be.

Each check runs behind a guard with a deadline: a connector that raises, exits or hangs fails that
check and no other. Only checks that a shipped mutant fails are counted: a check that nothing can fail
proves nothing.
"""

import threading
import time
import traceback
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from writeback.conformance.checks import Check
from writeback.conformance.groups import CHECKS
from writeback.conformance.mutants import MUTANTS
from writeback.conformance.promises import BrokenPromiseError, NotApplicableError, Tier
from writeback.conformance.stages import Stage
from writeback.conformance.subjects import Build, Subject, subject_of
from writeback.errors import WritebackError
from writeback.sdk.connector import Connector

DEADLINE_S: Final = 60.0
_TOLD_MOST: Final = 600

PASSED, FAILED, NOT_APPLICABLE = "passed", "failed", "not_applicable"
COUNTED: Final = frozenset(name for mutant in MUTANTS for name in mutant.breaks)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: Check
    outcome: str
    detail: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the suite found about one connector."""

    connector: str
    claimed: Tier
    findings: tuple[Finding, ...]
    is_whole: bool = True
    """All checks ran; else nothing is said about a tier."""

    @property
    def tier(self) -> Tier:
        """Give the highest tier of which, and below which, no check failed; NONE for a run of some checks."""
        if not self.is_whole:
            return Tier.NONE
        broken = [one.check.tier.rank for one in self.findings if one.outcome == FAILED]
        lowest = min(broken, default=len(Tier))
        return list(Tier)[lowest - 1]

    @property
    def keeps_its_claim(self) -> bool:
        """Say whether the tier reached is at least the one claimed."""
        return not self.is_whole or self.tier.rank >= self.claimed.rank

    @property
    def passed(self) -> int:
        """Count the checks that held."""
        return self._count(PASSED)

    @property
    def failed(self) -> int:
        """Count the checks that did not hold; a claim that is too high is one more."""
        return self._count(FAILED) + (not self.keeps_its_claim)

    @property
    def not_applicable(self) -> int:
        """Count the checks about what the connector does not claim."""
        return self._count(NOT_APPLICABLE)

    def require(self, tier: Tier | str) -> None:
        """Hold the connector to a tier: the one statement of a plugin's own test.

        Raises:
            BrokenPromiseError: It does not reach it; every failed check is told.
        """
        if self.failed or self.tier.rank < Tier(tier).rank:
            told = [f"{one.check.id}: {one.detail}" for one in self.findings if one.outcome == FAILED]
            head = f"{self.connector} reaches {self.tier}, claims {self.claimed}, {tier} is required"
            raise BrokenPromiseError("\n".join([head, *told]))

    def plain(self) -> dict[str, object]:
        """Give the report as one JSON object."""
        return {
            "connector": self.connector,
            "tier": self.tier.value,
            "claimed": self.claimed.value,
            "passed": self.passed,
            "failed": self.failed,
            "not_applicable": self.not_applicable,
            "checks": [
                {
                    "id": one.check.id,
                    "tier": one.check.tier.value,
                    "outcome": one.outcome,
                    "promise": one.check.promise,
                    "detail": one.detail,
                    "seconds": round(one.seconds, 3),
                }
                for one in self.findings
            ],
        }

    def _count(self, outcome: str) -> int:
        return sum(one.outcome == outcome for one in self.findings if one.check.id in COUNTED)


Told = abc.Callable[[Finding], None]


def conformance_suite(
    connector: Connector | str,
    *,
    simulator: Build | None = None,
    quality: Path | None = None,
    only: abc.Collection[str] = (),
    on_finding: Told | None = None,
) -> Report:
    """Examine a connector against its simulator.

    Args:
        connector: The name of an installed plugin, or a connector object.
        simulator: Builds the simulator; None takes the manifest's own.
        quality: Where `quality.toml` lies, when neither in the package nor beside it.
        only: Ids of checks, or of groups; empty: all.
        on_finding: Told of each finding as it is made.

    Raises:
        PluginError: There is no such plugin, it is not usable, or it has no simulator.
        ConfigurationError: Its `quality.toml` is missing or malformed.
    """
    return examine(
        subject_of(connector, simulator=simulator, quality=quality), only=only, on_finding=on_finding
    )


def examine(
    subject: Subject,
    *,
    only: abc.Collection[str] = (),
    on_finding: Told | None = None,
    checks: abc.Sequence[Check] = CHECKS,
    deadline_s: float = DEADLINE_S,
) -> Report:
    """Run checks over a subject; each has to end within the deadline."""
    wanted = [check for check in checks if not only or {check.id, check.id.partition(".")[0]} & set(only)]
    stage = Stage(subject)
    findings: list[Finding] = []
    try:
        for check in wanted:
            finding = _guarded(check, stage, deadline_s=deadline_s)
            findings.append(finding)
            if on_finding is not None:
                on_finding(finding)
    finally:
        stage.close()
    return Report(subject.manifest.id, subject.quality.tier, tuple(findings), is_whole=not only)


def _guarded(check: Check, stage: Stage, *, deadline_s: float) -> Finding:
    """Run one check in a thread of its own: what hangs is left behind."""
    found: list[tuple[str, str]] = []
    begun = time.monotonic()
    thread = threading.Thread(
        target=lambda: found.append(_run(check, stage)), name=f"check-{check.id}", daemon=True
    )
    thread.start()
    thread.join(deadline_s)
    outcome, detail = found[0] if found else (FAILED, f"no end after {deadline_s:g} s")
    return Finding(check, outcome, detail[:_TOLD_MOST], time.monotonic() - begun)


def _run(check: Check, stage: Stage) -> tuple[str, str]:
    try:
        check.run(stage)
    except NotApplicableError as error:
        return NOT_APPLICABLE, str(error)
    except BrokenPromiseError as error:
        return FAILED, str(error)
    except WritebackError as error:
        return FAILED, f"{type(error).__name__}: {error}"
    except (Exception, SystemExit, KeyboardInterrupt) as error:  # noqa: BLE001  a connector may raise anything
        last = traceback.extract_tb(error.__traceback__)[-1]
        return FAILED, f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return PASSED, ""
