"""What people are told of plays without asking: one notice for each change, one for its end."""

from pathlib import Path

from tests.integration.plays.conftest import NOTES, SITE, PlayRoom, enters
from tests.integration.plays.test_loops import one
from writeback.model.notices import Notice, NoticeKind, PlayTrouble
from writeback.model.plays import PlayGuards, PlayMode, RunState
from writeback.preferences import Preferences, read
from writeback.runtime.notice_words import words_of
from writeback.runtime.noticing import changes, states_of
from writeback.runtime.reading import Reading
from writeback.settings import Settings
from writeback.store import notices, sqlite
from writeback.store.glances import Glances


class Eye:
    """Looks as a window and a worker do."""

    def __init__(self, room: PlayRoom, tmp_path: Path) -> None:
        self.room = room
        self.preferences: Preferences = read(Settings(tmp_path, tmp_path, tmp_path))
        self.reading = Reading(Glances(room.runtime.workspace))
        self.known = self.states()

    def states(self) -> tuple[Notice, ...]:
        return states_of(self.reading, self.preferences, now=self.room.at)

    def look(self) -> list[str]:
        """Give in words what changed; what was seen goes through the store, as it does in a worker."""
        fresh = self.states()
        told = changes(self.known, fresh)
        with self.room.runtime.workspace.writing() as db:
            notices.put_states(db, fresh, at=self.room.at)
            self.known = notices.states(db)
        assert all("Many" not in words_of(one, is_private=True) for one in told)
        return [words_of(one) for one in told]


def test_a_held_run_is_told_once_and_its_end_once(room: PlayRoom, tmp_path: Path) -> None:
    rids = room.records(3)
    step = {"kind": "set", "attribute": NOTES, "text": "x"}
    listed = ", ".join(f"'{rid}'" for rid in rids)
    room.save("Many", step, when=f"record id in ({listed})", guards=PlayGuards(rows=2))
    eye = Eye(room, tmp_path)
    run = room.runtime.run_play("Many", author="ana", act="1").run
    assert run.state is RunState.HELD
    held = "Many: a run that would change 3 records is held until somebody has looked."
    assert [eye.look(), eye.look()] == [[held], []]
    (notice,) = [one for one in eye.known if one.kind is NoticeKind.PLAY]
    assert (notice.about, notice.trouble, notice.rows) == ("Many", PlayTrouble.HELD, 3)
    assert notice.is_urgent
    room.runtime.dismiss_play_run(run.number, author="ana", act="2")
    assert [eye.look(), eye.look()] == [["Many: somebody decided about the run that was held."], []]


def test_a_loop_that_was_stopped_is_told_for_each_play(room: PlayRoom, tmp_path: Path) -> None:
    (rid,) = room.records(1)
    for name, here, there in (("CSM", "A", "B"), ("Owner", "B", "A")):
        step = {"kind": "set", "attribute": SITE, "text": there}
        room.save(name, step, trigger=enters(one(rid, here)), mode=PlayMode.SEND, is_on=True)
    eye = Eye(room, tmp_path)
    room.set("Site", "A", rid)
    for _ in range(12):
        room.look()
    told = eye.look()
    assert [words.partition(":")[0] for words in sorted(told)] == [
        "CSM was switched off",
        "Owner was switched off",
    ]
    room.switch("CSM")
    assert eye.look() == ["CSM: it is stopped no more."]
    room.runtime.remove_play("Owner", author="ana", act="1")
    assert eye.look() == ["Owner: it is stopped no more."]


def test_a_source_that_did_not_come_in_whole_is_told_until_it_does(room: PlayRoom, tmp_path: Path) -> None:
    (rid,) = room.records(1)
    step = {"kind": "set", "attribute": NOTES, "text": "x"}
    room.save("Follows", step, trigger=enters(one(rid, "There")), is_on=True)
    eye = Eye(room, tmp_path)
    with room.runtime.workspace.writing() as db:
        sqlite.run(db, "update integrations set last_pull = ?", ('{"problem": "link.lost"}',))
    room.look()
    (words,) = eye.look()
    assert words.startswith("Follows cannot run now. The last pull of Account")
    assert (room.look(), eye.look()) == (0, [])
    room.pull()
    room.look()
    assert eye.look() == ["Follows can run again."]
