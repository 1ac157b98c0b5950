"""Files on their way, as rows of a table."""

from collections import abc
from datetime import datetime
from pathlib import PurePath

from writeback.gui.i18n import moment, number
from writeback.gui.models.tables import Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.file_sessions import FileSession, FileStep

STEPS = Words(
    {
        FileStep.FILE: mark("opened"),
        FileStep.COLUMNS: mark("chosen, not planned"),
        FileStep.PLANNED: mark("planned, not sent"),
        FileStep.TRIAL: mark("tried, the rest waits"),
        FileStep.SENDING: mark("being sent"),
        FileStep.RESULT: mark("sent"),
    }
)


def session_specs(now: abc.Callable[[], datetime]) -> tuple[Spec[FileSession], ...]:
    """Give the table's columns."""
    return (
        Spec(tr("File"), lambda one: one.name, tip=lambda one: one.path, width=210),
        Spec(tr("Stands"), lambda one: tr(STEPS[one.step]), width=220),
        Spec(tr("Waits"), lambda one: _some(one.to_send), is_number=True, width=80),
        Spec(tr("Sent"), lambda one: _some(one.sent), is_number=True, width=80),
        Spec(tr("Arrived"), lambda one: _some(one.arrived), is_number=True, width=80),
        Spec(
            tr("Changed"), lambda one: moment(one.changed_at, now=now()), tone=lambda _one: "muted", width=130
        ),
        Spec(tr("Folder"), lambda one: str(PurePath(one.path).parent), tone=lambda _one: "muted", width=220),
    )


def _some(count: int) -> str:
    return number(count) if count else ""
