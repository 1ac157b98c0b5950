"""What stands in a window in words that nobody said: read in a language made by machine.

In *pseudo-long* every text of ours stands in brackets. What is left outside is data, or a text that was
forgotten.
"""

import re
import sqlite3
from collections import abc
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QTabBar,
    QTableView,
    QTabWidget,
    QTextEdit,
    QToolButton,
    QWidget,
)

from writeback.gui.studio.tongues import CLOSE, OPEN
from writeback.gui.widgets.text import ElidedLabel, PlainLabel

WORD = re.compile(r"[A-Za-z]{3,}")
CODE = re.compile(
    r"(?:Ctrl|Alt|Shift)[+]\S+|https?://\S+|/[\w/.\-]+|\b\w+(?:[._/]\w+)+\b|`[^`]*`"
    r"|\b[a-z]+(?:[A-Z][a-z]+)+\b|\b(?:[A-Z][a-z]+){2,}\b|\b\w+\.(?:csv|json|xlsx)\b"
)
"""What no language changes: keys, addresses, paths, names of an API."""
ROWS_LOOKED_AT = 12
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def outside(text: str) -> str:
    """Give what of a text stands outside the brackets, which may lie in each other."""
    kept, depth = [], 0
    for letter in text:
        depth += letter == OPEN
        if not depth:
            kept.append(letter)
        depth -= letter == CLOSE
    return "".join(kept)


def words_of(text: str) -> set[str]:
    return {one.casefold() for one in WORD.findall(CODE.sub(" ", outside(text)))}


def data_words(path: Path) -> set[str]:
    """Give every word of a workspace's own values: what no language changes."""
    found: set[str] = set()
    with sqlite3.connect(path) as db:
        for (table,) in db.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in db.execute(f'select * from "{table}"'):  # noqa: S608  names of our own tables
                for value in row:
                    if isinstance(value, str | bytes):
                        text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else value
                        found |= {one.casefold() for one in WORD.findall(text)}
    return found


def texts_in(widget: QWidget) -> abc.Iterator[tuple[str, str]]:
    """Give every text of a widget and of what lies in it, with the kind of what shows it."""
    for one in (widget, *widget.findChildren(QWidget)):
        kind = type(one).__name__
        for text in (one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.statusTip()):
            yield kind, text
        yield from ((kind, text) for text in _own_texts(one))
        if isinstance(one, QAbstractItemView):
            yield from _cells(one)
        for action in one.actions():
            yield "action", action.text()
            yield "action", action.statusTip()


def _own_texts(one: QWidget) -> abc.Iterator[str]:
    match one:
        case QLabel() | QAbstractButton():
            yield one.text()
        case QLineEdit() | QTextEdit():
            yield one.placeholderText()
        case QGroupBox():
            yield one.title()
        case QComboBox():
            yield from (one.itemText(place) for place in range(one.count()))
        case QTabWidget():
            yield from (one.tabText(place) for place in range(one.count()))


def _cells(view: QAbstractItemView) -> abc.Iterator[tuple[str, str]]:
    model = view.model()
    if model is None:
        return
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    for column in range(columns if isinstance(view, QTableView) else 0):
        yield "header", str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(), ROWS_LOOKED_AT)):
        for column in range(columns):
            for role in ROLES:
                yield f"cell of {view.accessibleName()}", str(model.index(row, column).data(role) or "")


def unsaid(widget: QWidget, known: abc.Collection[str]) -> set[tuple[str, str]]:
    """Give the texts that hold a word which nobody said and no value has."""
    return {(kind, text) for kind, text in texts_in(widget) if text and words_of(text) - set(known)}


SPARE = 2


def cut_off(window: QWidget) -> set[str]:
    """Give what of the words that stand on the screen has no room: buttons, lines, places."""
    found = set()
    for one in window.findChildren(QWidget):
        if not one.isVisible() or one.visibleRegion().isEmpty():
            continue
        shown = one.text() if isinstance(one, QAbstractButton | QLabel) else ""
        name = f"{type(one).__name__} {one.accessibleName() or shown!r}"
        if (
            isinstance(one, QAbstractButton)
            and _shows_text(one)
            and one.width() + SPARE < one.sizeHint().width()
        ):
            found.add(f"{name} is {one.width()} wide and wants {one.sizeHint().width()}")
        if isinstance(one, PlainLabel) and not isinstance(one, ElidedLabel) and not one.wordWrap():
            wants = one.fontMetrics().horizontalAdvance(one.text().partition("\n")[0])
            if one.contentsRect().width() + SPARE < wants:
                found.add(f"{name} is {one.contentsRect().width()} wide and wants {wants}")
        if isinstance(one, QAbstractButton | PlainLabel) and (over := _beyond(one)) > SPARE:
            found.add(f"{name} stands {over} px outside")
    return found


def _shows_text(button: QAbstractButton) -> bool:
    is_icon = isinstance(button, QToolButton) and (
        button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    return bool(button.text()) and not is_icon


def _beyond(widget: QWidget) -> int:
    """Say by how many pixels a widget is cut at the side by what holds it: only tables scroll sideways."""
    holder = widget.parentWidget()
    while holder is not None and not holder.isWindow():
        if isinstance(holder, QAbstractItemView | QTabBar):
            return 0
        left = widget.mapTo(holder, QPoint(0, 0)).x()
        over = max(-left, left + widget.width() - holder.width())
        if over > SPARE:
            return over
        holder = holder.parentWidget()
    return 0
