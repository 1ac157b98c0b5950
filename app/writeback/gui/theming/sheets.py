"""The style sheet, generated from the tokens. Widgets say what they are by dynamic properties.

`kind` of a button: primary, quiet, danger, link, tool. `role` of a label: title, heading, caption,
muted, strong. `box` of a frame: page, bar, nav, card, line, banner-*.
"""

import re
from collections import abc
from string import Template

from writeback.gui.theming.tokens import Theme, ThemeName

_SHEET = Template(
    """
* { outline: 0; }
QWidget[box="page"] { background: $surface; }
QWidget[box="bar"] { background: $raised; border: 0; border-bottom: 1px solid $hairline; }
QWidget[box="status"] { background: $raised; border: 0; border-top: 1px solid $hairline; }
QWidget[box="rail"] { background: $raised; }
QWidget[box="nav"] { background: $raised; border: 0; border-right: 1px solid $hairline; }
QWidget[box="side"] { background: $raised; border: 0; border-left: 1px solid $hairline; }
QFrame[box="card"] { background: $surface; border: 1px solid $hairline; border-radius: ${round}px; }
QFrame[box="card"][chosen="true"] { border: 2px solid $accent; }
QFrame[box="well"] { background: $raised; border: 0; border-radius: ${round}px; }
QFrame[box="chip"] { background: $accent_wash; border: 1px solid $hairline; border-radius: ${round}px; }
QFrame[box="line"] { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }
QFrame[box="banner-info"] { background: $accent_wash; border: 1px solid $accent; border-radius: ${round}px; }
QFrame[box="banner-warning"] { background: $draft_wash; border: 1px solid $draft; border-radius: ${round}px; }
QFrame[box="banner-error"] { background: $refused_wash; border: 1px solid $refused;
  border-radius: ${round}px; }
QFrame[box="banner-ok"] { background: $ok_wash; border: 1px solid $ok; border-radius: ${round}px; }

QFrame[place="window"] { margin-top: 8px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { color: $muted; font-size: ${caption}pt; }
QLabel[role="group"] { color: $muted; font-size: ${caption}pt; font-weight: 600; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="refused"] { color: $refused; }
QLabel[tone="draft"] { color: $draft; }
QLabel[tone="conflict"] { color: $conflict; }
QLabel[tone="unknown"] { color: $unknown; }
QLabel[tone="accent"] { color: $accent; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: ${radius}px;
  padding: 5px 14px; min-height: 20px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 13px; }
QPushButton:disabled { color: $disabled; border-color: $hairline; background: $surface; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 4px 13px; }
QPushButton[kind="primary"]:disabled { background: $hover; color: $disabled; border-color: $hover; }
QPushButton[kind="danger"] { color: $refused; border-color: $refused; }
QPushButton[kind="danger"]:disabled { color: $disabled; border-color: $hairline; }
QPushButton[kind="quiet"] { border-color: transparent; background: transparent; }
QPushButton[kind="status"] { border: 1px solid transparent; background: transparent; padding: 0 6px;
  min-height: 22px; }
QPushButton[kind="status"]:focus { border: 2px solid $accent; padding: 0 5px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; }
QPushButton[kind="quiet"]:disabled { color: $disabled; }
QPushButton[kind="door"] { text-align: left; padding: 0; }
QPushButton[kind="segment"] { border-radius: 0; border-color: $hairline; padding: 4px 12px; color: $muted; }
QPushButton[kind="segment"]:checked { background: $accent_wash; color: $accent; border-color: $accent;
  font-weight: 600; }

QPushButton[kind="segment"]:focus { border: 2px solid $accent; padding: 3px 11px; color: $text; }
QPushButton[kind="segment"]:checked:focus { border: 2px solid $text; padding: 3px 11px; }
QPushButton[kind="danger"]:focus { border: 2px solid $accent; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: ${radius}px;
  padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton:checked { background: $selection; }
QToolButton[kind="nav"] { text-align: left; padding: 2px 8px; border-radius: ${radius}px; color: $text; }
QToolButton[kind="nav"]:checked { background: $selection; font-weight: 600; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QDateTimeEdit, QTimeEdit, QSpinBox, QDoubleSpinBox {
  background: $surface; color: $text; border: 1px solid $border; border-radius: ${radius}px; padding: 4px 8px;
  min-height: 20px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus, QDateTimeEdit:focus,
QTimeEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QComboBox:disabled, QTimeEdit:disabled, QSpinBox:disabled,
QDoubleSpinBox:disabled { color: $disabled; border-color: $hairline; background: $raised; }
QLineEdit[editing="cell"], QComboBox[editing="cell"], QDateTimeEdit[editing="cell"] {
  border: 2px solid $accent; border-radius: 0; padding: 0 6px; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: 0; width: 20px; }
QAbstractSpinBox::up-arrow { image: url("$pictures/up.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$pictures/down.svg"); width: 12px; height: 12px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::down-arrow:disabled {
  image: url("$pictures/down-off.svg"); }
QComboBox { min-width: 84px; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("$pictures/down.svg"); width: 16px; height: 16px; }
QComboBox::down-arrow:disabled { image: url("$pictures/down-off.svg"); }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border;
  selection-background-color: $selection;
  selection-color: $text; padding: 2px; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: 20px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: 18px; height: 18px; }
QCheckBox::indicator:unchecked { image: url("$pictures/box.svg"); }
QCheckBox::indicator:checked { image: url("$pictures/box-on.svg"); }
QCheckBox::indicator:unchecked:disabled { image: url("$pictures/box-off.svg"); }
QCheckBox::indicator:checked:disabled { image: url("$pictures/box-on-off.svg"); }
QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: ${radius}px; padding-right: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QRadioButton::indicator:unchecked { image: url("$pictures/dot.svg"); }
QRadioButton::indicator:checked { image: url("$pictures/dot-on.svg"); }
QRadioButton::indicator:unchecked:disabled { image: url("$pictures/dot-off.svg"); }
QRadioButton::indicator:checked:disabled { image: url("$pictures/dot-on-off.svg"); }
QAbstractItemView::indicator { width: 18px; height: 18px; }
QAbstractItemView::indicator:unchecked { image: url("$pictures/box.svg"); }
QAbstractItemView::indicator:checked { image: url("$pictures/box-on.svg"); }

QTableView, QTreeView, QListView { background: $surface; border: 0; gridline-color: $hairline;
  selection-background-color: $selection; selection-color: $text; alternate-background-color: $surface; }
QTableView { border: 1px solid $hairline; border-radius: ${radius}px; }
QTableView:focus { border: 1px solid $accent; }
QListWidget, QTreeView { border: 2px solid transparent; border-radius: ${radius}px; }
QListWidget:focus, QTreeView:focus { border-color: $accent; }
QTableView[box="frozen"] { border: 0; border-right: 1px solid $border; border-radius: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QHeaderView { background: $raised; border: 0; }
QHeaderView::up-arrow { image: url("$pictures/up.svg"); width: 16px; height: 16px; }
QHeaderView::down-arrow { image: url("$pictures/down.svg"); width: 16px; height: 16px; }
QHeaderView::section { background: $raised; color: $muted; border: 0; border-right: 1px solid $hairline;
  border-bottom: 1px solid $hairline; padding: 6px 10px; font-weight: 600; font-size: ${caption}pt; }
QTableCornerButton::section { background: $raised; border: 0; border-bottom: 1px solid $hairline; }

QTabBar { background: transparent; }
QTabBar::tab { padding: 8px 4px; margin-right: 20px; border: 0; border-bottom: 2px solid transparent;
  color: $muted;
  background: transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected:focus { border: 2px solid $accent; border-radius: ${radius}px; padding: 6px 2px; }
QWidget[box="tabs"] { background: $raised; }
QFrame[box="popup"], QDialog[box="popup"] { background: $surface; border: 1px solid $border;
  border-radius: ${radius}px; }
QTabBar[kind="window"]::tab { background: $raised; color: $muted; padding: 0 4px 0 10px; margin: 0;
  border: 0; border-right: 1px solid $hairline; border-top: 2px solid transparent; max-width: 220px; }
QTabBar[kind="window"]::tab:selected { background: $surface; color: $text; font-weight: 400;
  border-top: 2px solid $accent; }
QTabBar[kind="window"]::tab:selected:focus { border: 2px solid $accent; padding: 0 3px 0 8px; }
QTabBar[kind="window"]::tab:hover { color: $text; background: $hover; }
QTabBar::tear { width: 0; border: 0; }
QTabBar[kind="window"] QToolButton { min-width: 20px; min-height: 20px; padding: 0; }
QTabBar::scroller { width: 48px; } /* of both arrows together */
QTabBar #ScrollLeftButton, QTabBar #ScrollRightButton { background: $surface; border: 0; border-radius: 0; }
QTabBar[kind="window"] #ScrollLeftButton, QTabBar[kind="window"] #ScrollRightButton { background: $raised; }
QTabBar #ScrollLeftButton::left-arrow { image: url("$pictures/left.svg"); width: 16px; height: 16px; }
QTabBar #ScrollRightButton::right-arrow { image: url("$pictures/right.svg"); width: 16px; height: 16px; }
QPushButton[kind="chip"] { background: transparent; border: 2px solid transparent; padding: 0; }
QPushButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; }
QTabWidget::pane { border: 0; border-top: 1px solid $hairline; }

QScrollArea { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $hairline; border-radius: 4px; margin: 2px; min-height: 32px;
  min-width: 32px; }
QScrollBar::handle:hover { background: $border; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $raised; border: 0; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 3px 8px; border-radius: ${radius}px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: ${radius}px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 6px 8px; }
QProgressBar { background: $muted_wash; border: 1px solid $hairline; border-radius: 3px; }
QProgressBar { max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: 8px; image: url("$pictures/grip-upright.svg"); }
QSplitter::handle:vertical { height: 8px; image: url("$pictures/grip-flat.svg"); }
QDialog { background: $surface; }
"""
)


_LENGTH = re.compile(r"\b(\d{2,}|[5-9])px")
"""Lengths that grow with the text; lines and radii stay."""
_STROKE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 18 18" fill="none">{}</svg>'
_BOX = '<rect x="1.5" y="1.5" width="15" height="15" rx="3" fill="{}" stroke="{}" stroke-width="1.5"/>'
_ROUND = 'stroke-linecap="round" stroke-linejoin="round"'
_TICK = '<path d="M5 9.2l3 3 5.3-6" stroke="{}" stroke-width="2" ' + _ROUND + "/>"
_RING = '<circle cx="9" cy="9" r="7.250" fill="{}" stroke="{}" stroke-width="1.5"/>'
_CORE = '<circle cx="9" cy="9" r="3.500" fill="{}"/>'
_CHEVRON = '<path d="{}" stroke="{}" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>'
_GRIP = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}">'
    '<rect x="{}" y="{}" width="{}" height="{}" rx="1" fill="{}"/></svg>'
)
_DOWN, _UP = "M5 7.500l4 4 4-4", "M5 10.500l4-4 4 4"
_LEFT, _RIGHT = "M10.500 5l-4 4 4 4", "M7.500 5l4 4-4 4"


def pictures(theme: Theme) -> abc.Mapping[str, str]:
    """Draw the few pictures that a style sheet can only name as files: ticks, dots and arrows."""
    surface, border, accent = theme.hex("surface"), theme.hex("border"), theme.hex("accent")
    on_accent, off, muted = theme.hex("on_accent"), theme.hex("hairline"), theme.hex("muted")
    parts = {
        "box": _BOX.format(surface, border),
        "box-on": _BOX.format(accent, accent) + _TICK.format(on_accent),
        "box-off": _BOX.format(theme.hex("raised"), off),
        "box-on-off": _BOX.format(off, off) + _TICK.format(muted),
        "dot": _RING.format(surface, border),
        "dot-on": _RING.format(surface, accent) + _CORE.format(accent),
        "dot-off": _RING.format(theme.hex("raised"), off),
        "dot-on-off": _RING.format(surface, off) + _CORE.format(muted),
        "down": _CHEVRON.format(_DOWN, muted),
        "down-off": _CHEVRON.format(_DOWN, off),
        "up": _CHEVRON.format(_UP, muted),
        "left": _CHEVRON.format(_LEFT, muted),
        "right": _CHEVRON.format(_RIGHT, muted),
    }
    drawn = {name: _STROKE.format(part) for name, part in parts.items()}
    drawn["grip-upright"] = _GRIP.format(8, 32, 3, 0, 2, 32, border)
    drawn["grip-flat"] = _GRIP.format(32, 8, 0, 3, 32, 2, border)
    return drawn


_EDGES = Template("""
QFrame[box="well"] { border: 1px solid $hairline; }
""")
"""What the other themes tell by a shade alone."""


def style_sheet(theme: Theme, *, folder: str) -> str:
    """Make the style sheet of a theme; `folder` holds its `pictures`."""
    sizes = {name: f"{size:g}" for name, size in theme.sizes.items()}
    sheet = Template(_SHEET.template + _EDGES.template) if theme.name is ThemeName.CONTRAST else _SHEET
    filled = sheet.substitute(
        theme.colours, **sizes, radius=theme.radius, round=theme.radius + 2, pictures=folder
    )
    return _LENGTH.sub(lambda found: f"{theme.px(int(found[1]))}px", filled)
