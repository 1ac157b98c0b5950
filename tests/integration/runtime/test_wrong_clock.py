"""A clock that is wrong is said, until an answer says that it is right again (R9)."""

import time
from email.utils import formatdate
from pathlib import Path

import pytest

from tests.doubles.four_crms import crm_room
from writeback.model.events import EventKind
from writeback.sdk.simulator import wiring
from writeback.store import journal


def test_it_is_noted_once_told_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead_s = [0]
    monkeypatch.setattr(
        wiring, "formatdate", lambda *, usegmt: formatdate(time.time() + ahead_s[0], usegmt=usegmt)
    )
    with crm_room(tmp_path / "room", "hubspot", rows=3) as room:
        runtime = room.runtime
        for minutes, wanted, is_news in (
            (4, 0, False),
            (12, 720, True),
            (12, 720, False),
            (-2880, -172_800, True),
            (0, 0, True),
        ):
            ahead_s[0] = minutes * 60
            before = runtime.journal_seq()
            runtime.objects("C")
            runtime.count("C", "companies", "")
            runtime.sessions.flush()
            found = runtime.told.connections()[0].clock_ahead_s
            assert abs(found - wanted) <= 2, minutes
            with runtime.workspace.reading() as db:
                kinds = [one.kind for one in journal.since(db, before)]
            assert (EventKind.CONNECTION_CHANGED in kinds) is is_news, minutes
