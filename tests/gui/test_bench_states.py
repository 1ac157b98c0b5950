"""Every screen has five states, each brought about over a demo workspace by what brings it about at work."""

import pytest

from tests.gui.staging import Stages
from writeback.gui.studio.registry import FIVE
from writeback.gui.studio.scenes import REGISTERED, scenes
from writeback.gui.studio.stage import Place
from writeback.gui.windows.screens import NAMES

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
@pytest.mark.parametrize("place", Place)
def test_every_scene_is_reached(stages: Stages, place: Place) -> None:
    missed = []
    stage = stages.at(place)
    for scene in (one for one in scenes() if one.place is place):
        scene.act(stage)
        stage.leave_dialogs()
        state = stage.states(scene.screen).state
        if scene.expects is not None and state is not scene.expects:
            missed.append((scene.title, state.value))
    assert missed == []
    assert place is not Place.LOST or _complains(stages)


def _complains(stages: Stages) -> bool:
    """What a screen says over a lost workspace has its four parts."""
    stage = stages.at(Place.LOST)
    error = stage.states("jobs")._error
    return bool(error._head.text() and error._words.text() and error._code.text() == "workspace.damaged")
