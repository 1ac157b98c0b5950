"""Questions that are not asked again, and what was deleted lately: listed, with a way back."""

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import NOW
from writeback.gui.dialogs.messages import Message, Silence, ask
from writeback.gui.panels.settings import SettingsPanel
from writeback.gui.preferring import preferring
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.grid_views import GridView
from writeback.runtime import restoring
from writeback.runtime.forming import Forming
from writeback.store import grid_views

SECTIONS = (FormSection("", (FormField("industry"),)),)
SILENCE = Silence("send_now:c1", "Values of one record are written to Acme at once.")


@pytest.fixture
def page(bench: Bench, qtbot: QtBot) -> SettingsPanel:
    bench.window.go("settings")
    found = bench.window.panels["settings"]
    assert isinstance(found, SettingsPanel)
    qtbot.waitUntil(lambda: not bench.tasks.running)
    return found


def _ask(bench: Bench, done: list[int], silence: Silence | None) -> Message | None:
    ask(bench.window, "Write?", "At once.", act="Send", call=lambda: done.append(1), silence=silence)
    return next((one for one in bench.window.findChildren(Message) if one.isVisible()), None)


def test_a_question_is_asked_until_somebody_says_not_to_and_again_when_they_want_it(
    bench: Bench, page: SettingsPanel
) -> None:
    done: list[int] = []
    asked = _ask(bench, done, SILENCE)
    assert asked is not None
    asked.again.setChecked(True)
    asked.reject()
    assert (done, preferring().current.table("asking.silenced")) == ([], {}), "a no is no answer for later"
    asked = _ask(bench, done, SILENCE)
    assert asked is not None
    asked.again.setChecked(True)
    asked.accept()
    assert _ask(bench, done, SILENCE) is None
    assert done == [1, 1]
    assert list(page.below.unasked.buttons) == [SILENCE.key]
    page.below.unasked.buttons[SILENCE.key].click()
    assert page.below.unasked.buttons == {}
    asked = _ask(bench, done, SILENCE)
    assert asked is not None
    asked.reject()


def test_a_question_about_what_cannot_be_undone_offers_no_such_box(bench: Bench) -> None:
    asked = _ask(bench, [], None)
    assert asked is not None
    assert not asked.again.isVisible()
    asked.reject()


def test_a_deleted_form_and_view_come_back_as_they_were(
    bench: Bench, page: SettingsPanel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = Forming(bench.workspace)
    form = InsightForm(
        "Visit", "account", "A visit", SECTIONS, is_published=True, author="ana", changed_at=NOW
    )
    kept = forms.save(form, author="ana")
    view = GridView("ana", "account", "Mine", columns=("industry",), text="industry = 'Retail'")
    with bench.workspace.writing() as db:
        grid_views.put(db, view, at=bench.workspace.now())
        before = grid_views.shown_to(db, "ana", "account")
        assert grid_views.remove(db, view, at=bench.workspace.now())
    forms.remove("Visit")
    monkeypatch.setattr(
        bench.facade,
        "restore_deleted",
        lambda gone, *, act: restoring.restore(bench.workspace, gone),
        raising=False,
    )
    for _ in range(2):
        page.below.deleted.refresh()
        qtbot.waitUntil(lambda: bool(page.below.deleted.model.rows) and page.below.deleted.back.isEnabled())
        left = len(page.below.deleted.model.rows)
        page.below.deleted.back.click()
        qtbot.waitUntil(lambda left=left: len(page.below.deleted.model.rows) == left - 1)  # type: ignore[misc]
    assert forms.named("visit") == kept
    with bench.workspace.reading() as db:
        assert grid_views.shown_to(db, "ana", "account") == before


def test_what_is_called_like_something_new_stays_deleted(bench: Bench) -> None:
    forms = Forming(bench.workspace)
    form = InsightForm(
        "Visit", "account", "A visit", SECTIONS, is_published=True, author="ana", changed_at=NOW
    )
    forms.save(form, author="ana")
    forms.remove("Visit")
    forms.save(form, author="bob")
    (gone,) = restoring.deleted_things(bench.workspace)
    with pytest.raises(Exception, match=r"deleted\.taken"):
        restoring.restore(bench.workspace, gone.id)
    assert forms.named("Visit").author == "bob"
    assert len(restoring.deleted_things(bench.workspace)) == 1
