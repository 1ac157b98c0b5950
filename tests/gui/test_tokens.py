"""The colours of the three themes, reckoned: texts and marks stand out from all grounds they may stand on."""

import json
from collections import abc

import pytest
from PySide6.QtGui import QColor

from tests.gui.walks import TEXT_LEAST, ratio
from writeback.gui.theming.tokens import ThemeName
from writeback.runtime.resources import resource_folder

MARK_LEAST = 3.0
TONES = ("text", "muted", "accent", "queued", "draft", "ok", "refused", "conflict", "unknown")
PLAIN = ("surface", "raised", "hover", "selection")
WASHES = ("accent", "draft", "ok", "refused", "conflict", "unknown", "muted")


def _colours(theme: ThemeName) -> abc.Mapping[str, QColor]:
    told = json.loads((resource_folder() / "themes" / "tokens.json").read_text("utf-8"))["colours"]
    return {token: QColor(text) for token, text in told[theme.value].items()}


def _pairs() -> abc.Iterator[tuple[str, str, float]]:
    """Give text or mark, ground, and how much the one has to stand out from the other."""
    for tone in TONES:
        yield from ((tone, ground, TEXT_LEAST) for ground in PLAIN)
    for wash in WASHES:
        yield from ((tone, f"{wash}_wash", TEXT_LEAST) for tone in {"text", "muted", wash})
    yield from (("on_accent", ground, TEXT_LEAST) for ground in ("accent", "accent_hover"))
    yield from (("border", ground, MARK_LEAST) for ground in PLAIN)
    yield from (("accent", ground, MARK_LEAST) for ground in PLAIN)  # the ring of focus


@pytest.mark.parametrize("theme", list(ThemeName))
def test_each_text_and_mark_stands_out_from_each_of_its_grounds(theme: ThemeName) -> None:
    colours = _colours(theme)
    faint = [
        f"{tone} on {ground}: {found:.2f}"
        for tone, ground, least in _pairs()
        if (found := ratio(colours[tone], colours[ground])) < least
    ]
    assert faint == []


@pytest.mark.parametrize("theme", list(ThemeName))
def test_the_marks_of_values_are_different_colours_in_every_theme(theme: ThemeName) -> None:
    colours = _colours(theme)
    marks = [colours[tone].name() for tone in ("queued", "draft", "refused", "conflict", "unknown", "ok")]
    assert len(set(marks)) == len(marks)
