"""The two meanings of a reference on the screens: what each does, which one the CRM forbids, who shows it."""

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from writeback.gui.models.fields import FieldChoice
from writeback.gui.panels.reference_side import ReferenceSide
from writeback.gui.panels.review import ReviewPanel
from writeback.gui.widgets.states import ScreenState
from writeback.gui.widgets.text import PlainLabel
from writeback.model.changes import Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, ReferenceMode
from writeback.model.jobs import Assurance, Route
from writeback.model.types import ConnectionId, JobId
from writeback.runtime.facade import PlanGroup
from writeback.runtime.facade.references import ReferenceMeaning

pytestmark = pytest.mark.gui

EDIT, REPOINT = ReferenceMode.EDIT_TARGET, ReferenceMode.REPOINT


def side(bench: Bench, qtbot: QtBot, path: str, mode: ReferenceMode = REPOINT) -> ReferenceSide:
    shown = ReferenceSide(bench.window.panels["mapping"].desk)
    qtbot.addWidget(shown)
    mapping = FieldMapping(FieldPath.parse(path), "csm", write_back=True, reference_mode=mode)
    shown.show_choice(FieldChoice(path, path, None, mapping, mapping), integration="i1", entity="account")
    qtbot.waitUntil(lambda: "reference_meanings" in [call for call, _ in bench.facade.seen])
    qtbot.waitUntil(lambda: bool(shown._meanings))
    return shown


def words(shown: ReferenceSide) -> list[str]:
    return [one.text() for one in shown.findChildren(PlainLabel)]


def choices(shown: ReferenceSide) -> dict[str, QRadioButton]:
    return {one.text(): one for one in shown.findChildren(QRadioButton)}


def test_each_choice_says_which_record_it_changes(bench: Bench, qtbot: QtBot) -> None:
    bench.facade.meanings = (
        ReferenceMeaning(REPOINT, "Account", "Owner ID", "User", connection="Acme"),
        ReferenceMeaning(EDIT, "User", "Email", via=("Owner",), connection="Acme"),
    )
    shown = side(bench, qtbot, "Owner.Email")
    told = " ".join(words(shown))
    assert "points the record at another User. Only that record changes." in told
    assert "changes Email of the User itself, in this workspace and for everybody in Acme." in told
    assert all(one.isEnabled() for one in choices(shown).values())
    assert shown.mode is REPOINT


def test_a_far_reference_says_who_sees_it(bench: Bench, qtbot: QtBot) -> None:
    bench.facade.meanings = (
        ReferenceMeaning(REPOINT, "Account", "Owner ID", "User", via=("Parent",), connection="Acme"),
        ReferenceMeaning(EDIT, "User", "Email", via=("Parent", "Owner"), connection="Acme"),
    )
    told = " ".join(words(side(bench, qtbot, "Parent.Owner.Email")))
    assert "points the Account behind Parent at another User" in told


def test_what_the_crm_forbids_cannot_be_chosen_and_says_why(bench: Bench, qtbot: QtBot) -> None:
    reason = Reason("reference.target_read_only", (("field", "Owner.Email"), ("object", "Owners")))
    bench.facade.meanings = (
        ReferenceMeaning(REPOINT, "Account", "Owner ID", "Owners", connection="Acme"),
        ReferenceMeaning(EDIT, "Owners", "Email", via=("Owner",), connection="Acme", reason=reason),
    )
    shown = side(bench, qtbot, "Owner.Email")
    assert [one.isEnabled() for one in choices(shown).values()] == [True, False]
    assert any("no changes of Owners are taken" in text for text in words(shown))


def test_the_review_says_how_many_records_show_what_is_edited(bench: Bench, qtbot: QtBot) -> None:
    bench.facade.behind = PlanGroup(
        JobId("j7"), ConnectionId("c1"), "User", ("Owner.Name",), Route.SINGLE, Assurance.A,
        rows=1, send=1, unchanged=0, blocked=0, conflict=0, calls=1, read_calls=3,
        root="Account", shown_by=214, edits=(("Ana Ruiz", 214),),
    )  # fmt: skip
    bench.window.go("review")
    panel = bench.window.panels["review"]
    assert isinstance(panel, ReviewPanel)
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.READY)
    panel._check.click()
    qtbot.waitUntil(lambda: panel.states.state is ScreenState.PARTIAL)
    labels = [one.text() for one in panel.findChildren(PlainLabel)]
    assert "Rename the User Ana Ruiz in Acme: 214 Account records show it." in labels
