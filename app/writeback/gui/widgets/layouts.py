"""Boxes on the 4 px grid: columns, rows, cards, lines. Layout without a style of its own."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from writeback.gui.theming.current import theming
from writeback.gui.widgets.flows import Flowing
from writeback.gui.widgets.text import PlainLabel

GRID = 4
WIDEST, HIGHEST = 1160, 680
"""No dialog opens larger than that by itself: a screen of 1280×720 shows it whole, its title bar as well."""


Part = QWidget | int | None
Margin = int | tuple[int, int, int, int]


def column(*parts: Part, gap: int = 3, margin: Margin = 0) -> QVBoxLayout:
    """Stack parts; an int is a space in grid units, None stretches."""
    box = QVBoxLayout()
    _fill(box, parts, gap=gap, margin=margin)
    return box


def row(*parts: Part, gap: int = 2, margin: Margin = 0) -> QHBoxLayout:
    """Line parts up; an int is a space in grid units, None stretches."""
    box = QHBoxLayout()
    _fill(box, parts, gap=gap, margin=margin)
    return box


def _fill(box: QBoxLayout, parts: tuple[Part, ...], *, gap: int, margin: Margin) -> None:
    box.setSpacing(gap * GRID)
    left, top, right, bottom = (margin,) * 4 if isinstance(margin, int) else margin
    box.setContentsMargins(left * GRID, top * GRID, right * GRID, bottom * GRID)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part * GRID)
        else:
            box.addWidget(part)


def boxed(layout: QBoxLayout, *, box: str = "", parent: QWidget | None = None) -> QFrame:
    """Put a layout into a frame; `box` is its dress (card, well, bar, page)."""
    frame = QFrame(parent)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    if box:
        frame.setProperty("box", box)
    frame.setLayout(layout)
    return frame


def roomy(width: int) -> int:
    """Give a width of a dialog at this size of text, never wider than a small screen."""
    return max(width, min(theming().theme.px(width), WIDEST))


def give_room(dialog: QWidget, width: int, height: int) -> None:
    """Open a dialog at this size at 100 %, larger where the text is, never larger than a small screen."""
    dialog.resize(roomy(width), max(height, min(theming().theme.px(height), HIGHEST)))


def line() -> QFrame:
    """Give a thin horizontal line."""
    made = QFrame()
    made.setProperty("box", "line")
    made.setFixedHeight(1)
    return made


class _Area(QScrollArea):
    """A page that scrolls once its words, wrapped at its width, do not fit.

    Qt alone takes the height of wrapped words at some narrower width as well, and scrolls a page that fits.
    It also measures a page that it is given, and a widget that was measured is dressed by the style sheet
    anew each time what holds it is put somewhere (see `widgets.pages`): so the page is taken in when
    somebody asks how large it is, or shows it.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        inside.setProperty("box", "page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside: QWidget | None = inside
        inside.setParent(self)  # found among its children from now on

    def sizeHint(self) -> QSize:
        self._take_in()
        return super().sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        self._take_in()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._suit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._suit()
        super().resizeEvent(event)

    def _take_in(self) -> None:
        inside, self._inside = self._inside, None
        if inside is not None:
            self.setWidget(inside)

    def _suit(self) -> None:
        inside = self.widget()
        body = inside.layout() if inside is not None else None
        policy = inside.sizePolicy() if inside is not None else QSizePolicy()
        fits_words = body is not None and body.hasHeightForWidth()
        wanted = QSizePolicy.Policy.Ignored if fits_words else QSizePolicy.Policy.Preferred
        if policy.verticalPolicy() is not wanted and inside is not None:
            policy.setVerticalPolicy(wanted)
            inside.setSizePolicy(policy)


class _Least(QVBoxLayout):
    """A layout that asks at each width for the height that its parts need, not for the one they want."""

    def __init__(self, body: QLayout) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.addLayout(body)
        self._body = body

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        body = self._body
        wraps = body.hasHeightForWidth()
        return body.minimumHeightForWidth(width) if wraps else body.minimumSize().height()

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)


class Yielding(QWidget):
    """A page that asks for no more height than its parts need at least, and for no width of its own.

    A table wants more rows than it needs, and a layout takes what is wanted at a width for what is needed:
    where all parts are pressed alike, words beside a table are cut off. With true measures the table gives
    way first; where even that is not enough, `whole_page` scrolls.
    """

    def setLayout(self, body: QLayout, /) -> None:
        super().setLayout(_Least(body))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


def yielding(body: QLayout) -> Yielding:
    """Give a layout to a page that gives way."""
    made = Yielding()
    made.setLayout(body)
    return made


def whole_page(body: QLayout) -> QVBoxLayout:
    """Let a whole screen scroll where a low window, or large text, has no room for what it needs."""
    return column(scrolled(yielding(body)))


def scrolled(inside: QWidget) -> QScrollArea:
    """Let a page scroll when the window is small."""
    return _Area(inside)


class _Words(_Area):
    """What stands above the feet of a dialog: as high as it needs at the dialog's width.

    It is no higher than a low screen has room for, and scrolls from there on.
    """

    def __init__(self, body: QBoxLayout, below: QBoxLayout) -> None:
        super().__init__(yielding(body))
        self._body, self._below = body, below

    def minimumSizeHint(self) -> QSize:
        self._take_in()
        least = self._body.minimumSize().width()
        width = max(least, self.window().minimumWidth())
        wraps = self._body.hasHeightForWidth()
        high = self._body.heightForWidth(width) if wraps else self._body.sizeHint().height()
        return QSize(least, min(high, HIGHEST - self._below.sizeHint().height() - 4 * GRID))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()  # other words: another height
        return super().eventFilter(watched, event)


def lay_out(dialog: QWidget, body: QBoxLayout, feet: QLayout, *, width: int) -> None:
    """Lay a dialog of words and a few fields out: as wide as said, as high as that needs, acts at its feet.

    More words make it higher; where a small screen ends, what stands above the feet scrolls.
    """
    dialog.setMinimumWidth(roomy(width))
    if not body.expandingDirections() & Qt.Orientation.Vertical:
        body.addStretch(1)
    below = column(margin=(6, 0, 6, 6))
    below.addLayout(feet)
    whole = _over(below, _Words(body, below), body)
    dialog.setLayout(whole)
    dialog.resize(whole.totalSizeHint())


def footed(body: QBoxLayout, feet: QLayout) -> QVBoxLayout:
    """Let what stands above the feet of a dialog scroll where a low screen, or large text, needs it."""
    below = column(margin=(6, 0, 6, 6))
    below.addLayout(feet)
    area = scrolled(yielding(body))
    area.sizeHint()  # takes the page in: what is given the focus now keeps it
    return _over(below, area, body)


def _over(below: QBoxLayout, area: QScrollArea, body: QBoxLayout) -> QVBoxLayout:
    side = 6 * GRID
    body.setContentsMargins(side, side, side, 0)
    whole = column(area, gap=4)
    whole.addLayout(below)
    return whole


def titled_line(form: QFormLayout, title: str, field: QWidget | QLayout) -> None:
    """Add a line to a form; its title shows its words literally and belongs to the field."""
    label = PlainLabel(title)
    if isinstance(field, QLayout):
        form.addRow(label, field)
        return
    label.setBuddy(field)
    form.addRow(label, field)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Snug(QFrame):
    """A frame exactly as high as its words need at its width: no lower, and it takes no room that is left.

    Qt alone lets such a frame be no higher than its words would be at a width of Qt's choosing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        hint, body = super().sizeHint(), self.layout()
        if body is not None and body.hasHeightForWidth():
            hint.setHeight(body.totalHeightForWidth(self.width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class PageHead(Snug):
    """The head of a page: title, one line of explanation, acts on the right."""

    def __init__(self, title: str, *acts: QWidget, explains: str = "") -> None:
        super().__init__()
        self._is_brief = False
        self.title = PlainLabel(title, role="title")
        self.explains = PlainLabel(explains, role="muted", wraps=True)
        if not explains:
            self.explains.hide()  # never setVisible(True) here: without a parent that opens a window
        line_up = row(gap=2)
        line_up.addWidget(self.title, 1)
        if acts:
            flows = isinstance(acts[0], Flowing)
            line_up.addWidget(acts[0] if flows else Flowing(*acts, is_at_end=True))
        words = column(gap=1)
        words.addLayout(line_up)
        words.addWidget(self.explains)
        self.setLayout(words)

    def explain(self, text: str) -> None:
        """Change the line of explanation."""
        self.explains.set_text(text)
        self.explains.setVisible(bool(text) and not self._is_brief)

    def be_brief(self, *, is_brief: bool) -> None:
        """Leave the explanation out where a low window has no room for it."""
        self._is_brief = is_brief
        self.explains.setVisible(bool(self.explains.text()) and not is_brief)
