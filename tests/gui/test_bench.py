"""Every screen has five states, each brought about over a demo workspace by what brings it about at work."""

import gc
from collections import abc

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.gui import walks
from tests.gui.staging import Stages
from writeback.gui.studio.registry import FIVE, Scene
from writeback.gui.studio.scenes import REGISTERED, scenes
from writeback.gui.studio.stage import SIZE, Place, Stage
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.gui.widgets.states import ScreenState
from writeback.gui.windows.screens import NAMES
from writeback.runtime.memory import resident_bytes

pytestmark = pytest.mark.gui


def test_every_screen_registers_its_five_states() -> None:
    found = {
        screen: {scene.name for scene in scenes() if scene.screen == screen} & {one.value for one in FIVE}
        for screen in NAMES
    }
    assert found == {screen: {one.value for one in FIVE} for screen in NAMES}
    assert [one.screen for one in REGISTERED if one.screen not in NAMES] == []


def test_no_two_scenes_have_one_name() -> None:
    titles = [scene.title for scene in scenes()]
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "place",
    [
        pytest.param(place, marks=[] if place in (Place.CALM, Place.NEW) else [pytest.mark.nightly])
        for place in Place
        if place is not Place.LARGE
    ],
)
def test_every_scene_is_reached(stages: Stages, place: Place) -> None:
    missed = []
    stage = stages.at(place)
    for scene in (one for one in scenes() if one.place is place and not one.opens):
        scene.act(stage)
        stage.leave_dialogs()
        state = stage.states(scene.screen).state
        if scene.expects is not None and state is not scene.expects:
            missed.append((scene.title, state.value))
    assert missed == []
    assert place is not Place.LOST or _complains(stages)
    stages.close()  # what follows begins with windows that nobody filtered or searched


def _complains(stages: Stages) -> bool:
    """What a screen says over a lost workspace has its four parts."""
    stage = stages.at(Place.LOST)
    error = stage.states("jobs")._error
    return bool(error._head.text() and error._words.text() and error._code.text() == "workspace.damaged")


DIALOGS = tuple(scene for scene in scenes() if scene.opens)
READY = tuple(scene for scene in scenes() if scene.place is Place.CALM and scene.name == ScreenState.READY)
WALKED: tuple[tuple[str, abc.Callable[[QWidget], list[str]]], ...] = (
    ("says what it is", walks.unnamed),
    ("speaks its cells", walks.dumb_cells),
    ("explains what is disabled", walks.unexplained),
    ("shows markup as text", walks.rich),
    ("stands out from its ground", walks.faint),
    ("keeps nobody", walks.traps),
)


def walked(
    stages: Stages, walk: abc.Callable[[Stage], list[str]], scenes_: abc.Iterable[Scene] = READY
) -> dict[str, list[str]]:
    """Bring every screen to the front and walk over it; gives what was wrong."""
    found: dict[str, list[str]] = {}
    for scene in scenes_:
        stage = stages.at(scene.place)
        scene.act(stage)
        if wrong := walk(stage):
            found[scene.title] = wrong
        stage.leave_dialogs()
    return found


def every_promise(stage: Stage) -> list[str]:
    """Walk all of them over the screen in front, and put Qt's tester on its models."""
    walks.tested(stage.window)
    return [f"{promise}: {one}" for promise, walk in WALKED for one in walk(stage.window)]


@pytest.mark.timeout(300)
def test_every_screen_keeps_its_promises(stages: Stages) -> None:
    assert walked(stages, every_promise) == {}
    assert walks.tested(stages.at(Place.CALM).window) >= len(READY)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
def test_every_screen_keeps_its_promises_in_all_its_states(stages: Stages) -> None:
    def walk(stage: Stage) -> list[str]:
        return [f"{name}: {one}" for name, act in WALKED[:-1] for one in act(stage.window)]

    assert walked(stages, walk, scenes()) == {}


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "room",
    [
        pytest.param((900, 600, 100), id="900x600"),
        pytest.param((1280, 720, 200), id="200 percent", marks=pytest.mark.nightly),
    ],
)
def test_no_screen_cuts_words_off(stages: Stages, theming: Theming, room: tuple[int, int, int]) -> None:
    width, height, percent = room
    stage = stages.at(Place.CALM)
    theming.apply(ThemeName.LIGHT, percent=percent)
    stage.window.resize(width, height)

    def walk(stage: Stage) -> list[str]:
        wrong = walks.clipped(stage.window)
        if stage.window.width() > width or stage.window.height() > height:
            wrong.append(f"the window grew to {stage.window.width()}×{stage.window.height()}")
        return wrong

    try:
        assert walked(stages, walk) == {}
    finally:
        theming.apply(ThemeName.LIGHT, percent=100)
        stage.window.resize(SIZE)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("room", [(900, 600, 100), (1280, 720, 200)], ids=["900x600", "200 percent"])
def test_every_dialog_opens_and_has_room_for_its_words(
    stages: Stages, theming: Theming, room: tuple[int, int, int]
) -> None:
    width, height, percent = room
    theming.apply(ThemeName.LIGHT, percent=percent)

    def walk(stage: Stage) -> list[str]:
        dialog = stage.dialog
        if dialog is None:
            return ["no dialog opened"]
        dialog.resize(dialog.size().boundedTo(QSize(width, height)))
        stage.pause(40)
        wrong = walks.clipped(dialog)
        if dialog.width() > width or dialog.height() > height:
            wrong.append(f"it needs {dialog.width()}×{dialog.height()}")
        return wrong

    try:
        assert walked(stages, walk, DIALOGS) == {}
    finally:
        theming.apply(ThemeName.LIGHT, percent=100)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "theme", [ThemeName.DARK, pytest.param(ThemeName.CONTRAST, marks=pytest.mark.nightly)]
)
def test_every_word_stands_out_from_its_ground(stages: Stages, theming: Theming, theme: ThemeName) -> None:
    theming.apply(theme)
    try:
        assert walked(stages, lambda stage: walks.faint(stage.window)) == {}
    finally:
        theming.apply(ThemeName.LIGHT)


def leaks(stage: Stage, times: int) -> dict[str, tuple[int, int]]:
    """Open every screen so many times; gives the screens after which there are more widgets than before."""
    found = {}
    for scene in READY:
        for _ in range(2):
            scene.act(stage)
        gc.collect()
        before = len(QApplication.allWidgets())
        for _ in range(times):
            scene.act(stage)
        gc.collect()
        after = len(QApplication.allWidgets())
        if after > before:
            found[scene.title] = (before, after)
    return found


@pytest.mark.nightly  # a minute of one core: more than every run has left
@pytest.mark.timeout(600)
def test_opening_screens_again_and_again_leaves_nothing_behind(stages: Stages) -> None:
    stage = stages.at(Place.CALM)
    before = resident_bytes()
    assert leaks(stage, 3) == {}
    assert resident_bytes() - before <= 5 * 1024 * 1024 * len(READY)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
def test_200_openings_of_every_screen_leave_nothing_behind(stages: Stages) -> None:
    stage = stages.at(Place.CALM)
    assert leaks(stage, 3) == {}
    before = resident_bytes()
    assert leaks(stage, 200) == {}
    assert resident_bytes() - before <= 5 * 1024 * 1024 * len(READY)
