"""Words and lists that dialogs about connections share: time left, the lines of a connection test."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from writeback.gui.translating import Words, mark, tr
from writeback.gui.widgets.chips import Picture
from writeback.gui.widgets.text import PlainLabel
from writeback.runtime.facade import ConnectionTest
from writeback.runtime.sentences import sentence_of

CHECK_WORDS = Words(
    {
        "name": mark("Name resolution"),
        "proxy": mark("Proxy"),
        "reachable": mark("Reachable"),
        "tls": mark("TLS"),
        "sign_in": mark("User"),
        "org": mark("Org"),
        "scopes": mark("Scopes"),
        "objects": mark("Objects"),
        "permissions": mark("Rights"),
        "quota": mark("Quota"),
        "clock": mark("Clocks"),
    }
)


def time_left(until: datetime, *, now: datetime) -> str:
    """Give minutes and seconds until a moment."""
    seconds = max(0, round((until - now).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def test_list(test: ConnectionTest) -> QWidget:
    """Show the lines of a connection test, each with its verdict as shape and word."""
    lines = QGridLayout()
    lines.setVerticalSpacing(6)
    lines.setHorizontalSpacing(12)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setColumnStretch(3, 1)
    top = Qt.AlignmentFlag.AlignTop
    for one in test.lines:
        told = sentence_of(one.code) if one.code else None
        mark = Picture("check" if one.is_good else "error", tint="ok" if one.is_good else "refused", size=18)
        words = one.found or (told.happened if told else "")
        what = PlainLabel(CHECK_WORDS.get(one.what, one.what), role="strong")
        good, tone = (tr("good"), "ok") if one.is_good else (tr("not good"), "refused")
        place = lines.rowCount()
        for at, part in enumerate((mark, what, PlainLabel(good, tone=tone))):
            lines.addWidget(part, place, at, top)
        lines.addWidget(PlainLabel(words, role="muted", wraps=True), place, 3)
        if not one.is_good and told is not None:
            lines.addWidget(PlainLabel(told.advice, role="muted", wraps=True), place + 1, 1, 1, 3)
    holder = QWidget()
    holder.setLayout(lines)
    return holder
