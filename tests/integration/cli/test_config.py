"""`writeback config`: what it prints, what it refuses, what it leaves alone."""

import json

import pytest

from writeback.cli.application import run
from writeback.preferences import KEYS, read
from writeback.settings import load


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert run([*arguments, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_list_names_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, "config", "list")
    rows = told["settings"]
    assert isinstance(rows, list)
    assert [row["name"] for row in rows] == [key.name for key in KEYS]
    assert all(row["source"] == "default" and row["title"] and row["help"] for row in rows)


def test_set_get_and_reset(capsys: pytest.CaptureFixture[str]) -> None:
    assert _json(capsys, "config", "set", "worker.threads", "2")["value"] == 2
    assert _json(capsys, "config", "get", "worker.threads")["source"] == "own"
    assert read(load()).number("worker.threads") == 2
    assert run(["config", "reset", "worker.threads"]) == 0
    capsys.readouterr()
    assert _json(capsys, "config", "get", "worker.threads")["value"] == 4


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("set", "appearance.theme", "pink"), "settings.bad_value"),
        (("set", "no.such", "1"), "settings.unknown"),
        (("get", "no.such"), "settings.unknown"),
        (("reset",), "cli.usage"),
        (("reset", "--all", "worker.threads"), "cli.usage"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    assert run(["config", *arguments]) == 2
    assert f"({code})" in capsys.readouterr().err
    assert not read(load()).own


def test_a_damaged_file_is_told_beside_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    path = read(load()).path
    path.parent.mkdir(parents=True)
    path.write_text("{", "utf-8")
    assert run(["config", "get", "appearance.theme"]) == 0
    told = capsys.readouterr()
    assert told.out == "system\n"
    assert "(settings.damaged)" in told.err
    assert str(path) in told.err
