"""F6: from region to region in reading order; each takes the keyboard at its own place."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from writeback.gui.panels.panel import Panel


def step_region(holders: abc.Sequence[QWidget | None], step: int) -> None:
    """Go to the next region that is there and takes the keyboard; round and round."""
    regions = [(one, target) for one in holders if one is not None and (target := _target(one)) is not None]
    if not regions:
        return
    focus = QApplication.focusWidget()
    inside = [n for n, (holder, _) in enumerate(regions) if focus is not None and _holds(holder, focus)]
    # the innermost counts: a panel holds its own inspector
    at = max(inside, key=lambda n: _depth(regions[n][0])) if inside else (-1 if step > 0 else 0)
    regions[(at + step) % len(regions)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _holds(holder: QWidget, focus: QWidget) -> bool:
    return holder is focus or holder.isAncestorOf(focus)


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


def _target(holder: QWidget) -> QWidget | None:
    """Give the widget of a region that the keyboard lands on; None: none takes it now."""
    if not (holder.isVisible() and holder.isEnabled()):
        return None
    own = getattr(holder, "first_focus", None)
    wanted = own() if own is not None else None
    if wanted is not None and _takes(wanted):
        return wanted if isinstance(wanted, QWidget) else None
    if isinstance(holder, Panel) or own is None:
        if _takes(holder):
            return holder
        return next((one for one in holder.findChildren(QWidget) if _takes(one)), None)
    return None


def _takes(widget: QWidget) -> bool:
    is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return is_stop and widget.isVisible() and widget.isEnabled()
