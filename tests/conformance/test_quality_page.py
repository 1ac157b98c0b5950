"""QUALITY.md tells every check with its tier and its mutants, and its commands do what it says."""

import json
import shlex
from pathlib import Path

import pytest

from tests.architecture.test_code_blocks import blocks_of
from writeback.cli.application import run
from writeback.conformance.groups import CHECKS
from writeback.conformance.mutants import MUTANTS


def table() -> list[str]:
    """Give the table of checks as the page has to hold it."""
    lines = ["| check | tier | promise | failed by |", "|---|---|---|---|"]
    for check in CHECKS:
        names = ", ".join(mutant.name for mutant in MUTANTS if check.id in mutant.breaks)
        lines.append(f"| `{check.id}` | {check.tier.value} | {check.promise} | {names} |")
    return lines


def test_the_page_tells_every_check_and_what_fails_it(root: Path) -> None:
    told = (root / "plugins" / "QUALITY.md").read_text("utf-8").splitlines()
    start = told.index("| check | tier | promise | failed by |")
    assert told[start:] == table(), "run tests/conformance/test_quality_page.py as a script to write it anew"


def test_its_commands_do_what_it_says(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ((_, _, text),) = blocks_of(root / "plugins" / "QUALITY.md")
    plain, as_json = (shlex.split(line)[1:] for line in text.splitlines())
    assert run(plain) == 0
    assert "nothing is said about a tier" in capsys.readouterr().out
    assert run(as_json) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"connector", "tier", "claimed", "passed", "failed", "not_applicable", "checks"}
    assert set(told["checks"][0]) == {"id", "tier", "outcome", "promise", "detail", "seconds"}


def test_a_failed_check_is_exit_code_4(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["plugins", "check", "nobody", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "plugin.unknown"


if __name__ == "__main__":
    page = Path(__file__).resolve().parents[2] / "plugins" / "QUALITY.md"
    head = page.read_text("utf-8").partition("## Every check\n")[0]
    page.write_text(head + "## Every check\n\n" + "\n".join(table()) + "\n", "utf-8")
