"""Send edits of one record now, without a review, as far as the safety level of its connections allows that.

The only place on a profile that leads to a CRM at once. Where a level asks for a word, the word is asked for;
where two orgs want their names typed, *Review & send* is the place.
"""

from collections import abc
from functools import partial
from typing import Final

from writeback.gui.dialogs.messages import Silence, ask
from writeback.gui.dialogs.naming import NameDialog
from writeback.gui.panels.panel import Panel
from writeback.gui.translating import tr
from writeback.gui.widgets.text import one_line
from writeback.model.changes import Origin
from writeback.model.connections import Connection, Environment, Safety
from writeback.model.types import RecordId
from writeback.planning.coercing import text_of
from writeback.runtime.facade import Edit, EditAnswer
from writeback.runtime.views import RecordView

_ALWAYS_ASKED: Final = frozenset({Environment.PRODUCTION, Environment.UNKNOWN})
Done = abc.Callable[[tuple[EditAnswer, ...]], None]


def send_now(
    panel: Panel, edits: tuple[Edit, ...], connections: abc.Iterable[Connection], *, done: Done
) -> None:
    """Send some edits now, after the word that their connections ask for.

    Args:
        panel: On whose behalf; says what went wrong.
        edits: What is wanted.
        connections: Where they go.
        done: Is told what became of them.
    """
    asking = [one for one in connections if not one.write_on_save]
    named = [one for one in asking if one.safety is Safety.TYPE_NAME]
    send = partial(_send, panel, edits, done)
    if len(named) > 1:
        panel.told.emit(tr("Several orgs want their names typed: review and send the drafts together."))
        panel.asked.emit("review", None)
    elif named:
        org = named[0].org.name if named[0].org is not None else named[0].name
        dialog = NameDialog(
            tr("Write to {org}?", org=one_line(org, 60)),
            tr("%n values of this record are written at once, without a review.", len(edits)),
            org,
            act=tr("Send %n changes to {org}", len(edits), org=one_line(org, 60)),
            call=partial(send, org),
            parent=panel.window(),
        )
        dialog.open()
    elif any(one.safety is Safety.ASK for one in asking):
        names = ", ".join(one_line(one.name, 60) for one in asking)
        ask(
            panel.window(),
            tr("Write to {names}?", names=names),
            tr("%n values of this record are written at once, without a review.", len(edits)),
            act=tr("Send %n changes", len(edits)),
            call=partial(send, ""),
            is_danger=False,
            silence=_silence(asking),
        )
    else:
        send("")


def _silence(asking: abc.Sequence[Connection]) -> Silence | None:
    """Give what need not be asked again; of production, and of an org that is not known, nothing."""
    if any(one.org is None or one.org.environment in _ALWAYS_ASKED for one in asking):
        return None
    key = ",".join(sorted(str(one.id) for one in asking))
    names = ", ".join(one_line(one.name, 60) for one in asking)
    return Silence(f"send_now:{key}", tr("Values of one record are written to {names} at once.", names=names))


def _send(panel: Panel, edits: tuple[Edit, ...], done: Done, org: str) -> None:
    author = panel.desk.author
    panel.desk.ask(
        panel,
        lambda facade, act: facade.save_edits(
            edits, origin=Origin.PROFILE, author=author, send=True, confirm_org=org, act=act
        ),
        done=done,
        failed=panel.complain,
    )


def retry_value(panel: Panel, entity: str, value: tuple[str, str], *, done: Done) -> None:
    """Send a refused value of a record once more, as it is wanted now.

    Args:
        panel: On whose behalf.
        entity: The record's entity.
        value: The record and the attribute.
        done: Is told what became of it.
    """
    rid, attribute = value

    def go(record: RecordView | None) -> None:
        mark = record.row.mark_of(attribute) if record is not None else None
        if record is None or mark is None:
            panel.told.emit(tr("Nothing is wanted there any more."))
            return
        edit = Edit(RecordId(rid), attribute, text_of(mark.new))
        send_now(panel, (edit,), record.connections_of((attribute,)), done=done)

    panel.desk.read(panel, lambda reads: reads.record(entity, rid), done=go, failed=panel.complain)


def discard_value(panel: Panel, value: tuple[str, str], *, done: abc.Callable[[], None]) -> None:
    """Give one wanted value up; the CRM's stays."""
    rid, attribute = value
    author = panel.desk.author
    panel.desk.ask(
        panel,
        lambda facade, act: facade.discard_drafts(
            (RecordId(rid),), attribute=attribute, author=author, act=act
        ),
        done=lambda _count: done(),
        failed=panel.complain,
    )
