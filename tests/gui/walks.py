"""Walks over a window that stands: what is said of it, what can be reached, what is cut off, what is read.

Each gives what it found wrong, as sentences; nothing found is an empty list.
"""

from collections import Counter, abc

import shiboken6
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from writeback.gui.theming.roles import DRESS_ROLE, MARKS
from writeback.gui.widgets.chips import Chip
from writeback.gui.widgets.text import ElidedLabel

TABS_MOST = 150
CHOICE_LEAST = 12
"""So many characters of a long choice are shown closed; open, the list shows it whole."""
STEPS_MOST = 4
"""A field of hours and minutes is left by the second or third key."""
TEXT_LEAST = 4.5
A_LINE = 30
"""So high a line of a form stands, in pixels."""
WIDE_ENOUGH = 400
"""So much of a line is looked at: its first words."""
CELLED = (QAccessible.Role.Table, QAccessible.Role.List, QAccessible.Role.Tree)


def told(widget: QWidget) -> str:
    """Say which widget is meant."""
    words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {words[:40]!r}"


def shown(window: QWidget, kind: type[QWidget] | tuple[type[QWidget], ...]) -> list[QWidget]:
    """Give the visible widgets of a kind that somebody can see without scrolling."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    found = [one for of_kind in kinds for one in window.findChildren(of_kind)]
    return [one for one in found if one.isVisible() and not one.visibleRegion().isEmpty()]


def standing(window: QWidget) -> list[QWidget]:
    """Give a window and the dialogs that stand open over it: each is a window of its own."""
    over = [one for one in window.findChildren(QWidget) if one.isWindow() and one.isVisible()]
    return [window, *over]


# what is said


def unnamed(window: QWidget) -> list[str]:
    """Walk the tree that a screen reader walks: whatever takes the focus has a name and a role."""
    wrong: list[str] = []
    waiting = [QAccessible.queryAccessibleInterface(one) for one in standing(window)]
    while waiting:
        node = waiting.pop()
        if node is None or not node.isValid() or node.state().invisible:
            continue
        if node.state().focusable and not node.state().disabled:
            name, role = node.text(QAccessible.Text.Name), node.role()
            if not name.strip() and not _hands_on(node):
                wrong.append(f"no name: {role.name} {_owner(node)}")
            if role in (QAccessible.Role.NoRole, QAccessible.Role.Client) and not _hands_on(node):
                wrong.append(f"no role: {name!r} {_owner(node)}")
        if node.role() not in CELLED:  # cells are sampled by `dumb_cells`
            waiting += [node.child(place) for place in range(node.childCount())]
    return wrong


def _hands_on(node: QAccessibleInterface) -> bool:
    """The focus goes on to a part of it, which has a role of its own (the bar of tabs)."""
    thing = node.object()
    return isinstance(thing, QWidget) and thing.focusProxy() is not None


def _owner(node: QAccessibleInterface) -> str:
    thing = node.object()
    parent = thing.parent() if thing is not None else None
    return f"{type(thing).__name__} in {type(parent).__name__}"


def dumb_cells(window: QWidget, *, most: int = 50) -> list[str]:
    """Sample cells of every table: each speaks what it shows, and the state that it only paints."""
    wrong = []
    for view in shown(window, QTableView):
        model = view.model() if isinstance(view, QTableView) else None
        if model is None:
            continue
        for index in _sampled(model, most):
            displayed = str(index.data() or "")
            spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or displayed)
            if displayed and not spoken.strip():
                wrong.append(f"{view.accessibleName()}: cell {index.row()},{index.column()} is dumb")
            dress = index.data(DRESS_ROLE)
            if dress is not None and dress.state in MARKS:
                word = MARKS[dress.state][2]
                if word.split(",")[0] not in spoken:
                    wrong.append(f"{view.accessibleName()}: {spoken!r} does not say {word!r}")
    return wrong


def _sampled(model: QAbstractItemModel, most: int) -> abc.Iterator[QModelIndex]:
    rows, columns = min(model.rowCount(), 40), model.columnCount()
    step = max(1, rows * columns // most)
    for place in range(0, rows * columns, step):
        yield model.index(place // columns, place % columns)


# what can be reached


def traps(window: QWidget) -> list[str]:
    """Press Tab, Shift+Tab and F6 until everything was met: no control keeps the focus."""
    wrong = []
    for key, how in ((Qt.Key.Key_Tab, "Tab"), (Qt.Key.Key_Backtab, "Shift+Tab")):
        met: list[QWidget | None] = []
        for _ in range(TABS_MOST):
            before = QApplication.focusWidget()
            if before in met and len(met) > 2:
                break
            met.append(before)
            for _ in range(STEPS_MOST):
                QTest.keyClick(before or window, key)
                if QApplication.focusWidget() is not before:
                    break
            else:
                wrong.append(f"{how} does not leave {told(before) if before else 'the window'}")
                break
        else:
            wrong.append(f"{how} met {TABS_MOST} controls and never came round")
    before = QApplication.focusWidget()
    regions = set()
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6)
        regions.add(QApplication.focusWidget())
    if len(regions) < 2:
        wrong.append(f"F6 does not leave {told(before) if before else 'the window'}")
    return wrong


def unexplained(window: QWidget) -> list[str]:
    """Whatever is disabled says why: as accessible description or tip, its own or of what is around it."""
    wrong = []
    for widget in shown(window, (QAbstractButton, QComboBox, QLineEdit, QCheckBox)):
        if widget.isEnabled() or isinstance(widget.parent(), QComboBox | QAbstractItemView | QTabBar):
            continue
        around: QWidget | None = widget
        while around is not None and not (around.accessibleDescription() or around.toolTip()):
            parent = around.parentWidget()
            around = None if parent is None or parent.isWindow() else parent
        if around is None:
            wrong.append(f"disabled without a reason: {told(widget)}")
    return wrong


# what is cut off


def clipped(window: QWidget) -> list[str]:
    """Words that have less room than they need, and pages that are wider than what shows them."""
    wrong = []
    for widget in shown(window, (QLabel, QAbstractButton, QComboBox, Chip)):
        if isinstance(widget, ElidedLabel) or _scrolls(widget):
            continue
        wide, high = _needs(widget)
        if widget.width() < wide or widget.height() < high - 1:
            size = f"{widget.width()}×{widget.height()} of {wide}×{high}"
            wrong.append(f"{told(widget)} has {size}")
    for area in shown(window, QScrollArea):
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None:
            over = inside.width() - area.viewport().width()
            if over > 4:
                wrong.append(f"a page is {over} px wider than what shows it: {told(inside)}")
    return wrong


def _needs(widget: QWidget) -> tuple[int, int]:
    """Give the least width and height in which a widget's words can be read."""
    need = widget.minimumSizeHint()
    if isinstance(widget, QLabel):
        if not widget.text():
            return 0, 0
        if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width())
        return need.width(), widget.fontMetrics().tightBoundingRect(widget.text()).height()
    if isinstance(widget, QToolButton) and (
        not widget.text() or widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    ):
        return 24, 24
    if isinstance(widget, QComboBox):  # its list is wider; what is chosen has to be read
        metrics = widget.fontMetrics()
        most = CHOICE_LEAST * metrics.averageCharWidth()
        words = min(metrics.horizontalAdvance(widget.currentText()), most)
        return words + widget.height() - 2, need.height()  # its arrow and its frame, about
    return need.width(), need.height()


def _scrolls(widget: QWidget) -> bool:
    """It stands in a table or an editor, which scrolls and elides by itself."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


# what is read


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def ratio(one: QColor, other: QColor) -> float:
    """Give the contrast of two colours by WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_of(image: QImage, area: QRect) -> float:
    """Give the contrast of what is painted in an area: its ground against the pixels that stand out most."""
    part = image.copy(area).convertToFormat(QImage.Format.Format_RGB32)
    raw = bytes(part.constBits())
    counts = Counter(raw[at : at + 4] for at in range(0, len(raw), 4))
    (ground, _), *_ = counts.most_common(1)
    back = QColor(ground[2], ground[1], ground[0])
    found = [
        ratio(back, QColor(pixel[2], pixel[1], pixel[0]))
        for pixel, count in counts.items()
        if pixel != ground and count >= 2
    ]
    return max(found, default=21.0)


def faint(window: QWidget) -> list[str]:
    """Words whose painted pixels stand out less than 4.5 : 1. What is disabled is meant to be quiet.

    Each window is judged by its own picture: that of the window beneath does not show a dialog.
    """
    return [one for own in standing(window) for one in _faint_in(own)]


def _faint_in(window: QWidget) -> list[str]:
    wrong = []
    image = window.grab().toImage()
    for widget in shown(window, (QLabel, QAbstractButton, Chip)):
        if widget.window() is not window:
            continue
        words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else widget.accessibleName()
        if not words.strip() or not widget.isEnabled() or _scrolls(widget):
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        seen = place.intersected(_window_on(widget, window))
        if seen.height() < min(widget.height(), A_LINE):
            continue  # the edge of what scrolls cuts its letters: their tops alone are no words
        inner = seen.adjusted(4, 4, -4, -4)  # the ring of focus and the border are no words
        if inner.width() < 24 or inner.height() < 8:
            continue
        inner.setWidth(min(inner.width(), WIDE_ENOUGH))
        found = contrast_of(image, inner)
        if found < TEXT_LEAST:
            wrong.append(f"{told(widget)} stands out {found:.1f} : 1")
    return wrong


def _window_on(widget: QWidget, window: QWidget) -> QRect:
    """Give the part of the window in which a widget can be seen."""
    region = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(window, region.topLeft()), region.size())


def rich(window: QWidget) -> list[str]:
    """Labels that would guess markup in foreign text."""
    return [
        told(label)
        for label in window.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText or label.openExternalLinks()
    ]


def tested(window: QWidget) -> int:
    """Run Qt's own tester over every model that is shown; it complains in the log, which fails the test.

    Gives how many models there are.
    """
    models = {
        id(view.model()): view.model()
        for view in window.findChildren(QAbstractItemView)
        if view.model() is not None
    }
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    for model in models.values():
        shiboken6.delete(QAbstractItemModelTester(model, mode))  # it has looked at everything by now
    return len(models)
