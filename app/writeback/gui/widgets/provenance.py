"""Where a value comes from and how it stands, in words: the chip of its state, its source, who changed it.

Every value of a profile tells this, also one that is simply confirmed. Words and shapes, never colour alone.
"""

from collections import abc
from datetime import datetime

from PySide6.QtWidgets import QWidget

from writeback.gui.i18n import NOT_SET, moment, shown
from writeback.gui.theming.roles import MARKS
from writeback.gui.translating import tr
from writeback.gui.widgets.chips import Chip, Picture
from writeback.gui.widgets.targets import counted_targets, differing
from writeback.gui.widgets.text import tip
from writeback.model.connections import Connection
from writeback.model.types import Value
from writeback.runtime.histories import HistoryEntry
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import AttributeView, Mark, TargetState


def source_words(
    sources: abc.Sequence[Connection], read_at: datetime | None, entry: HistoryEntry | None, now: datetime
) -> str:
    """Say where a confirmed value comes from, when it was read, and who changed it last, if that is known."""
    names = ", ".join(one.name for one in sources)
    told = [tr("from {names} · read {at}", names=names, at=moment(read_at, now=now))] if names else []
    if not names:
        told.append(tr("kept here only"))
    if changed := changed_words(entry, now):
        told.append(changed)
    return " · ".join(told)


def changed_words(entry: HistoryEntry | None, now: datetime) -> str:
    """Say who changed a value last, and when; '' where that is not known."""
    if entry is None:
        return ""
    at = moment(entry.confirmed_at or entry.at, now=now)
    if entry.author:
        return tr("changed by {author} {at}", author=entry.author, at=at)
    return tr("changed {at}", at=at)


def state_words(view: AttributeView, mark: Mark, now: datetime) -> str:
    """Say how a value stands that is not simply confirmed, and what that means for the person."""
    kind = view.attribute.kind
    labels = {option.value: option.label for option in view.attribute.options}
    old = shown(mark.theirs if mark.state == "conflict" else mark.old, kind, labels) or tr(NOT_SET)
    at = moment(mark.at, now=now)
    if mark.state == "refused":
        happened = sentence_of(mark.code).happened if mark.code else ""
        return " ".join(part for part in (happened, mark.message) if part)
    words = {
        "draft": tr("Draft, was {old}.", old=old),
        "conflict": tr("In the CRM now: {old}.", old=old),
        "automated": tr("Written as {old}; automation in the CRM made this of it.", old=old),
        "unknown": tr("Sent {at}, and no answer came. It is read back before it is sent again.", at=at),
        "sent": tr("Sent {at}, waiting for the answer.", at=at),
        "queued": tr("Queued {at}; it waits for its turn.", at=at),
    }
    return words.get(mark.state) or MARKS[mark.state][2]


def state_mark(
    view: AttributeView,
    mark: Mark | None,
    value: Value,
    *,
    targets: abc.Sequence[TargetState],
    now: datetime,
) -> QWidget:
    """Give what stands beside a value: the chip of its state, a padlock, or how its CRMs agree."""
    if mark is not None:
        picture, tone, word = MARKS[mark.state]
        if len(targets) > 1:
            word = f"{word} · {counted_targets(targets)}" if mark.written else counted_targets(targets)
        chip = Chip(word, tone={"queued": "accent"}.get(tone, tone), picture=picture)
        tip(chip, state_words(view, mark, now))
        return chip
    if view.lock is not None:
        lock = Picture("lock", size=16)
        lock.setAccessibleName(tr("Locked"))
        tip(lock, str(sentence_of(view.lock.code, dict(view.lock.facts))))
        return lock
    if len(targets) > 1:
        others = differing(targets, value)
        words = (
            tr("{others} of {targets} differ", others=len(others), targets=len(targets))
            if others
            else tr("in {targets} CRMs", targets=len(targets))
        )
        chip = Chip(words, tone="conflict" if others else "muted", picture="info" if others else "check")
        tip(chip, ", ".join(target.connection for target in others or targets))
        return chip
    return QWidget()
