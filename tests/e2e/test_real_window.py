"""First start to an undone bulk job, in a real window: keys by xdotool, judged from outside.

An empty profile → the door to the demo → a bulk edit of what a search finds → Review & send → done → the
undo of each of its jobs, through Review → done, and every value stands as it stood before.
"""

import json
import re
import signal
import tempfile
from collections import abc
from pathlib import Path

import pytest

from tests.e2e.real_window import MISSING, Desk, start_screen

pytestmark = [
    pytest.mark.gui,
    pytest.mark.timeout(420),
    pytest.mark.skipif(bool(MISSING), reason=f"NOT RUN: no {' and no '.join(MISSING)} on this machine"),
]
WORDS = "Set in a real window"
PATIENCE_S = 60.0
LEAST = 50
"""Records that make it a bulk job."""


@pytest.fixture
def desk(tmp_path: Path) -> abc.Iterator[Desk]:
    server, display = start_screen()
    with tempfile.TemporaryDirectory(prefix="wb-") as runtime:  # a socket's path has to be short
        made = Desk(tmp_path / "person", Path(runtime), display, tmp_path / "pictures")
        (made.folder / "home").mkdir(parents=True)
        made.pictures.mkdir()
        yield made
        made.keep("last")
        made.end()
    server.send_signal(signal.SIGTERM)
    server.wait(10)


@pytest.fixture(scope="session")
def accent(root: Path) -> str:
    """Give the colour of a button that can be pressed, as the light theme has it."""
    told = json.loads((root / "resources" / "themes" / "tokens.json").read_text(encoding="utf-8"))
    return str(told["colours"]["light"]["accent"])


class Person:
    """Somebody at the demo's window."""

    def __init__(self, desk: Desk, window: str, accent: str) -> None:
        self.desk, self.window, self._accent = desk, window, accent
        self.workspace = desk.data / "demo" / "demo.writeback"

    def press(self, *keys: str) -> None:
        self.desk.keys(self.window, *keys)

    def go(self, key: str, screen: str) -> None:
        """Press a key, and wait for the screen it opens."""
        self.press(key)
        self.desk.until(lambda: self.on(screen), f"{screen} in front", PATIENCE_S)
        self.desk.rest()

    def on(self, screen: str) -> bool:
        return re.fullmatch(f"({screen}) – demo – Writeback", self.desk.title(self.window)) is not None

    def may_press(self, what: str) -> None:
        """Wait until the button in the panel's corner can be pressed: it has the accent's colour then."""
        x, y, width, height = self.desk.place(self.window)
        box = {
            "left": x + width - 330,
            "top": y + height - 100,
            "right": x + width,
            "bottom": y + height - 30,
        }
        self.desk.until(lambda: self.desk.count(self._accent, **box) > 1_500, what, PATIENCE_S)
        self.desk.rest()

    def command(self, words: str) -> None:
        """Take what the palette finds first under some words, once it can be taken."""
        palette = "Command palette"

        def taken() -> bool:
            self.press("ctrl+k")
            self.desk.until(lambda: self.desk.window(palette), "the palette opens", PATIENCE_S)
            found = self.desk.window(palette)
            self.desk.write(found, words)
            self.desk.rest()
            self.desk.keys(found, "Return")
            self.desk.rest()
            if not self.desk.window(palette):
                return True
            self.desk.keys(found, "Escape")
            self.desk.until(lambda: not self.desk.window(palette), "the palette closes", PATIENCE_S)
            return False

        self.desk.until(taken, f"the palette takes {words!r}", PATIENCE_S)

    def send(self, jobs: int) -> None:
        """Send the plan that is checked, by Space on the button, and wait until all jobs are done."""
        self.desk.until(lambda: self.on("Review & send"), "the review in front", PATIENCE_S)
        self.desk.rest()  # the button of the screen before has the same colour, at the same place
        self.may_press("the plan may be sent")
        self.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "space")
        self.desk.until(lambda: self.on(r"Job \d+"), "a job in front", PATIENCE_S)
        self.desk.until(lambda: self.are_done(jobs), f"{jobs} jobs done", PATIENCE_S)
        self.desk.rest()

    def jobs(self) -> list[dict[str, object]]:
        """Give the jobs that have rows, oldest first."""
        told = self.desk.ask(self.workspace, "jobs", "list")
        assert isinstance(told, list)
        return sorted((one for one in told if one["rows"]), key=lambda one: int(one["number"]))

    def are_done(self, count: int) -> bool:
        found = self.jobs()
        return len(found) == count and all(one["state"] == "done" for one in found)

    def values(self) -> dict[str, object]:
        """Give what each account's description holds."""
        told = self.desk.ask(self.workspace, "records", "list", "--limit", "100000")
        assert isinstance(told, dict)
        return {one["record"]: one["values"]["notes"] for one in told["records"]}


@pytest.fixture
def person(desk: Desk, accent: str) -> Person:
    """First start with an empty profile; through the door to the demo."""
    desk.start("gui")
    first = "Home – workspace – Writeback"
    desk.until(lambda: desk.window(first), "the first window", PATIENCE_S)
    desk.rest()
    desk.keep("1 first start")
    desk.keys(desk.window(first), "space")  # the first door has the focus
    demo = "Home – demo – Writeback"
    desk.until(lambda: desk.window(demo), "the demo's window", 180)
    desk.rest()
    desk.keep("2 demo")
    return Person(desk, desk.window(demo), accent)


def edit_in_bulk(person: Person) -> None:
    """Set the description of all accounts that a search finds, and ask for the review of it."""
    person.go("ctrl+2", "Accounts")
    person.press("ctrl+f")
    person.desk.write(person.window, "Nimbus")
    person.press("Return")
    person.desk.rest()
    person.press("ctrl+shift+e")
    person.desk.rest()
    person.press("Tab", "Tab", "Tab")  # attribute, what becomes of it, remove → value
    person.desk.write(person.window, WORDS)
    person.may_press("the bulk edit is counted")
    person.desk.keep("3 bulk edit")
    person.press("Tab", "Tab", "Tab", "Tab", "Tab", "space")  # another, only changes, examples, keep → review


def leave(person: Person, desk: Desk) -> None:
    """Close both windows: nothing may run on."""
    person.press("ctrl+q")
    desk.until(lambda: not desk.window(".* – demo – Writeback"), "the demo's window closes", PATIENCE_S)
    desk.keys(desk.window("Home – workspace – Writeback"), "ctrl+q")
    desk.until(lambda: [one.poll() for one in desk.started] == [0], "the program ends well", PATIENCE_S)
    desk.until(lambda: not desk.running(), "the simulators and workers end", PATIENCE_S)


def test_from_the_first_start_to_an_undone_bulk_job(person: Person, desk: Desk) -> None:
    before = person.values()
    edit_in_bulk(person)
    person.send(jobs := 2)
    desk.keep("4 written")
    written = person.jobs()
    count = sum(int(str(one["applied"])) for one in written)
    after = person.values()
    changed = {rid for rid, value in after.items() if value == WORDS}
    assert count == len(changed) >= LEAST
    assert {one["kind"] for one in written} == {"bulk_write_back"}
    assert [one["source"] for one in written] == [{"segment": "any text contains 'Nimbus'"}] * 2
    assert after == before | dict.fromkeys(changed, WORDS)

    for job in written:
        name = f"Job {job['number']}"
        person.command(name)
        desk.until(lambda name=name: person.on(name), f"{name} in front", PATIENCE_S)
        person.command("Undo job")
        person.send(jobs := jobs + 1)
    desk.keep("5 undone")
    undone = person.jobs()[2:]
    assert [one["undo_of"] for one in undone] == [one["job"] for one in written]
    assert [one["applied"] for one in undone] == [one["rows"] for one in written]
    assert person.values() == before
    told = desk.ask(person.workspace, "doctor")
    assert isinstance(told, dict)
    assert told["ok"]
    for job in undone:  # the CRMs are asked, not the workspace
        desk.ask(person.workspace, "jobs", "verify", str(job["number"]))
    leave(person, desk)
