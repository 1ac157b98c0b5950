"""Hold a plugin to its promises in a process of its own: whatever it does there ends there.

The process is `writeback plugins check`, so the window's check and the command's are one.
"""

import json
import subprocess
from collections import abc
from dataclasses import dataclass

from writeback.errors import PluginError
from writeback.settings import own_program

CHECK_FAILED = 4
_TOLD_MOST = 2_000


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """One promise that a plugin did not keep."""

    id: str
    promise: str
    detail: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checks said of a plugin."""

    plugin: str
    tier: str
    """The tier it reaches."""
    claimed: str
    passed: int
    failed: tuple[FailedCheck, ...]
    not_applicable: int

    @property
    def is_good(self) -> bool:
        """Say whether it keeps what it claims."""
        return not self.failed


class PluginCheck:
    """One run of the checks; it may be stopped from another thread."""

    def __init__(self, plugin: str, *, program: abc.Sequence[str] | None = None) -> None:
        self.plugin = plugin
        self._program = tuple(program) if program is not None else own_program()
        self._child: subprocess.Popen[str] | None = None
        self._is_stopped = False

    def run(self) -> CheckReport | None:
        """Run the checks and wait; None when it was stopped.

        Raises:
            PluginError: The checks could not be run; what the process said stands in the facts.
        """
        command = [*self._program, "plugins", "check", self.plugin, "--json"]
        self._child = subprocess.Popen(  # noqa: S603  our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        if self._is_stopped:
            self._child.kill()
        out, said = self._child.communicate()
        if self._is_stopped:
            return None
        if self._child.returncode in (0, CHECK_FAILED):
            return _report(out, self.plugin)
        detail = said.strip()[-_TOLD_MOST:] or f"exit code {self._child.returncode}"
        raise PluginError("plugin.not_checked", plugin=self.plugin, detail=detail)

    def stop(self) -> None:
        """End the run."""
        self._is_stopped = True
        if self._child is not None and self._child.poll() is None:
            self._child.kill()


def _report(out: str, plugin: str) -> CheckReport:
    try:
        told = json.loads(out.splitlines()[-1])
        failed = tuple(
            FailedCheck(str(one["id"]), str(one["promise"]), str(one["detail"]))
            for one in told["checks"]
            if one["outcome"] == "failed"
        )
        return CheckReport(
            plugin=plugin,
            tier=str(told["tier"]),
            claimed=str(told["claimed"]),
            passed=int(told["passed"]),
            failed=failed,
            not_applicable=int(told["not_applicable"]),
        )
    except (ValueError, LookupError, TypeError) as error:
        raise PluginError("plugin.not_checked", plugin=plugin, detail=out[:_TOLD_MOST]) from error
