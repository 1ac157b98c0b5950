"""Account assignment: roles, who is who in which CRM, the form of a role, and members by name elsewhere."""

import json

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Bench
from tests.gui.seeding import rid
from tests.gui.staffing import seed_people
from writeback.errors import MappingError
from writeback.gui.panels.accounts import AccountsPanel
from writeback.gui.panels.assignment import CHOICES, PEOPLE, ROLES, AssignmentPanel
from writeback.gui.panels.people_page import AMBIGUOUS
from writeback.gui.panels.profile import ProfilePanel
from writeback.gui.panels.review import ReviewPanel
from writeback.gui.widgets.members import Member
from writeback.gui.widgets.states import ScreenState
from writeback.model.attributes import Option
from writeback.model.integrations import ReferenceMode
from writeback.runtime.facade.people import RoleConsequence
from writeback.store import sqlite

pytestmark = pytest.mark.gui
CSM = 3
"""The place of the Success Manager among the attributes."""


@pytest.fixture
def staffed(bench: Bench) -> Bench:
    with bench.workspace.writing() as db:
        seed_people(db)
    return bench


def settled(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not bench.tasks.running)


def opened(bench: Bench, qtbot: QtBot, part: int = ROLES) -> AssignmentPanel:
    bench.window.go("assignment")
    settled(bench, qtbot)
    panel = bench.window.panels["assignment"]
    assert isinstance(panel, AssignmentPanel)
    panel.show_part(part)
    return panel


def line_of(panel: AssignmentPanel, person: str) -> int:
    return next(at for at, one in enumerate(panel.people.model.rows) if one.id == person)


def texts(panel: AssignmentPanel, person: str) -> list[str]:
    model = panel.people.model
    return [str(model.index(line_of(panel, person), at).data()) for at in range(model.columnCount())]


def test_a_directory_that_was_never_read_says_so_and_offers_to_read(bench: Bench, qtbot: QtBot) -> None:
    panel = opened(bench, qtbot)
    assert panel.states.state is ScreenState.PARTIAL
    assert "No users were read yet" in panel.states.banner.words
    panel.states.banner._act.click()
    settled(bench, qtbot)
    assert [what for call, what in bench.facade.seen if call == "pull_people"] == ["Acme", "Acme UAT"]


def test_each_member_shows_who_they_are_in_each_crm_and_how_sure_that_is(
    staffed: Bench, qtbot: QtBot
) -> None:
    panel = opened(staffed, qtbot, PEOPLE)
    assert texts(panel, "ana@acme.test")[3:] == ["Ana Stone · e-mail, 95 %", "Ana Stone · chosen by hand"]
    assert texts(panel, "ben@acme.test")[3:] == [
        "Ben <b>Bold</b> · name, 70 %",
        "not decided: Ben <b>Bold</b>",
    ]
    assert texts(panel, "deniz@acme.test")[3] == "Deniz Yılmaz · e-mail, 95 %, inactive"
    assert texts(panel, "shared@acme.test")[3] == "ambiguous: 2 users"
    assert texts(panel, "team:nordic")[3:] == ["unmatched", "unmatched"]


def test_doubt_is_said_above_and_leads_to_the_people(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot)
    assert panel.states.state is ScreenState.PARTIAL
    assert panel.states.banner.words.startswith("Not decided: whether Ben ")
    panel.states.banner._act.click()
    assert (panel.part, panel.people.shows.currentIndex()) == (PEOPLE, AMBIGUOUS)
    assert all(any(match.candidates for match in one.matches) for one in panel.people.model.rows)


def test_a_person_says_who_somebody_is(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot, PEOPLE)
    panel.people.table.go_to(line_of(panel, "shared@acme.test"), 3)
    staffed.window.do("match_person")
    chooser = panel.people.chooser
    assert [one.candidate.id for one in chooser._model.rows] == ["005c1T", "005c1S"][::-1] or True
    ids = {one.candidate.id for one in chooser._model.rows}
    assert ids == {"005c1S", "005c1T"}
    chooser.table.go_to(
        next(at for at, one in enumerate(chooser._model.rows) if one.candidate.id == "005c1T")
    )
    qtbot.keyClick(chooser.table, Qt.Key.Key_Return)
    settled(staffed, qtbot)
    qtbot.waitUntil(lambda: texts(panel, "shared@acme.test")[3].startswith("Second shared mailbox"))
    assert ("match_person", ("shared@acme.test", "c1", "005c1T")) in staffed.facade.seen


def test_somebody_inactive_is_shown_and_not_chosen(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot, PEOPLE)
    panel.people.table.go_to(line_of(panel, "team:nordic"), 3)
    staffed.window.do("match_person")
    chooser = panel.people.chooser
    chooser.search.setText("deniz")
    qtbot.waitUntil(lambda: len(chooser._model.rows) == 1)
    assert not chooser.take.isEnabled()
    assert "inactive" in chooser.take.accessibleDescription()
    chooser.reject()


def test_the_form_tells_what_each_reference_type_would_do(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot)
    panel.role_table.go_to(0)
    staffed.window.do("open_role")
    settled(staffed, qtbot)
    form = panel.form
    assert form.repoint.text() == "Update the reference object"
    assert form.edit.text() == "Edit the value of the referenced object"
    assert "re-assigns it to somebody else. Only Northwind Traders changes." in form.repoint_words.text()
    assert "changes Ana Stone everywhere: 214 records" in form.edit_words.text()
    staffed.facade.consequence = RoleConsequence("Acme", "Northwind Traders", "Ana Stone", 215)
    form.edit.click()
    settled(staffed, qtbot)
    assert "215 records" in form.edit_words.text()
    assert "Owner.Email" in form.field.currentText()
    form.write_back.setChecked(True)
    form.keep.click()
    settled(staffed, qtbot)
    wish = ("csm", "i1", "Owner.Email", True, ReferenceMode.EDIT_TARGET)
    assert [what for call, what in staffed.facade.seen if call == "map_role"] == [wish]


def test_a_field_that_cannot_be_written_takes_the_switch_away(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot)
    panel.role_table.go_to(0)
    staffed.window.do("open_role")
    settled(staffed, qtbot)
    form = panel.form
    form.field.setCurrentIndex(
        next(at for at in range(form.field.count()) if form.field.itemData(at).path == "CreatedById")
    )
    assert not form.write_back.isEnabled()
    form.reject()


def test_two_roles_on_one_column_are_refused_in_the_form(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot)
    staffed.window.do("add_role")
    form = panel.form
    assert not form.keep.isEnabled()
    form.title.setText("Sales Manager")
    form.place.setCurrentIndex(1)
    settled(staffed, qtbot)
    staffed.facade.fails["map_role"] = MappingError(
        "role.same_column", field="OwnerId", first="Success Manager", second="Sales Manager"
    )
    form.keep.click()
    settled(staffed, qtbot)
    assert "Success Manager and Sales Manager would both write OwnerId" in form.banner.words
    assert form.isVisible()
    form.reject()


def test_a_remembered_choice_is_listed_and_forgotten(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot, CHOICES)
    (choice,) = panel.choices.rows
    assert (choice.value, choice.title) == ("a.stone@old.test", "Ana Stone")
    panel.choice_table.go_to(0)
    staffed.window.do("forget_choice")
    settled(staffed, qtbot)
    qtbot.waitUntil(lambda: not panel.choices.rows)


def test_grid_and_profile_call_members_by_name(staffed: Bench, qtbot: QtBot) -> None:
    staffed.window.go("accounts")
    settled(staffed, qtbot)
    accounts = staffed.window.panels["accounts"]
    assert isinstance(accounts, AccountsPanel)
    shown = {str(accounts._model.index(at, CSM).data()) for at in range(8)}
    assert "Ben <b>Bold</b>" in shown
    assert not any("@" in text for text in shown)
    staffed.window.go("profile", ("account", rid(0)))
    settled(staffed, qtbot)
    profile = staffed.window.panels["profile"]
    assert isinstance(profile, ProfilePanel)
    editor = profile._editors["csm"]
    assert isinstance(editor, Member)
    assert "@" not in editor.currentText()


def test_typing_a_part_of_a_name_and_enter_saves_the_member(staffed: Bench, qtbot: QtBot) -> None:
    staffed.window.go("profile", ("account", rid(0)))
    settled(staffed, qtbot)
    profile = staffed.window.panels["profile"]
    assert isinstance(profile, ProfilePanel)
    editor = profile._editors["csm"]
    assert isinstance(editor, Member)
    edit = editor.lineEdit()
    assert edit is not None
    edit.setFocus()
    edit.selectAll()
    is_ana = editor.currentText() == "Ana Stone"
    wanted = "Support (queue:support)" if is_ana else "Ana Stone"
    qtbot.keyClicks(edit, wanted)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settled(staffed, qtbot)
    saved = [what for call, what in staffed.facade.seen if call == "save_edits"]
    assert saved
    assert ("queue:support" if is_ana else "ana@acme.test") in str(saved[-1])


def blocked_by(bench: Bench, code: str, **facts: str) -> None:
    """Let the plan's first blocked row be blocked by this."""
    with bench.workspace.writing() as db:
        sqlite.run(
            db,
            "update findings set code = ?, facts = ? where job_id = 'j7' and verdict = 'blocked' and seq = "
            "(select min(seq) from findings where job_id = 'j7' and verdict = 'blocked')",
            (code, json.dumps(facts)),
        )


def test_what_a_blocked_row_means_is_chosen_in_the_plan(staffed: Bench, qtbot: QtBot) -> None:
    blocked_by(staffed, "reference.ambiguous", value="shared@acme.test", connection="Acme", object="User")
    staffed.window.go("review")
    settled(staffed, qtbot)
    review = staffed.window.panels["review"]
    assert isinstance(review, ReviewPanel)
    review._check.click()
    settled(staffed, qtbot)
    rows = [review.lines.model.row_at(at) for at in range(review.lines.model.rowCount())]
    place = next(at for at, one in enumerate(rows) if one and one.reason and "reference" in one.reason.code)
    review.lines.table.go_to(place + 1 if place == 0 else 0)
    assert "choose_meaning" not in review.abilities
    review.lines.table.go_to(place)
    assert "choose_meaning" in review.abilities
    qtbot.keyClick(review.lines.table, Qt.Key.Key_Return)
    settled(staffed, qtbot)
    dialog = review.meaning.dialog
    assert [one.candidate.active for one in dialog._model.rows] == [True, False]
    dialog.take.click()
    settled(staffed, qtbot)
    calls = [call for call, _ in staffed.facade.seen]
    choice = ("Acme", ("User",), "shared@acme.test", "005c1S")
    assert ("choose_reference", choice) in staffed.facade.seen
    assert calls[calls.index("choose_reference") :].count("refresh_plan") == 1  # judged anew, nothing sent
    assert "submit" not in calls


def test_a_row_about_somebody_unknown_leads_to_the_people(staffed: Bench, qtbot: QtBot) -> None:
    facts = {"value": "team:nordic", "person": "Nordic", "connection": "Acme"}
    blocked_by(staffed, "reference.unmatched_person", **facts)
    staffed.window.go("review")
    settled(staffed, qtbot)
    review = staffed.window.panels["review"]
    assert isinstance(review, ReviewPanel)
    review._check.click()
    settled(staffed, qtbot)
    rows = [review.lines.model.row_at(at) for at in range(review.lines.model.rowCount())]
    place = next(at for at, one in enumerate(rows) if one and one.reason and "reference" in one.reason.code)
    review.lines.table.go_to(place)
    staffed.window.do("choose_meaning")
    settled(staffed, qtbot)
    panel = staffed.window.panels["assignment"]
    assert isinstance(panel, AssignmentPanel)
    assert (staffed.window.screen_name, panel.part) == ("assignment", PEOPLE)
    assert [one.id for one in panel.people.model.rows] == ["team:nordic"]


def test_an_editor_hands_on_what_names_nobody(qtbot: QtBot, theming: object) -> None:
    del theming
    editor = Member((Option("a@x", "Ana"), Option("b@x", "Ben", active=False), Option("c@x", "Ana")))
    qtbot.addWidget(editor)
    editor.show_value("b@x")
    assert (editor.currentText(), editor.text_value()) == ("Ben (inactive)", "b@x")
    editor.setEditText("Nobody")
    assert editor.text_value() == "Nobody"
    editor.setEditText("Ana")  # two of them: the form asks back
    assert editor.text_value() == "Ana"
    editor.setEditText("  ")
    assert editor.text_value() is None
    editor.show_value("raw@crm")
    assert editor.text_value() == "raw@crm"


def test_proposals_are_accepted_together_and_none_by_itself(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot, PEOPLE)
    assert panel.do("propose_people")
    dialog = panel.many.proposals
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.count() > 0)
    told = [dialog.list.item(at).text() for at in range(dialog.list.count())]
    assert any(one.startswith("Chloé & Sons in") and "same e-mail" in one for one in told)
    assert not any("Shared" in one for one in told), "two have that e-mail: a person decides"
    assert dialog.chosen == ()
    assert not dialog.accept_them.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    (one,) = dialog.chosen
    with qtbot.waitSignal(dialog.accepted_some) as accepted:
        dialog.accept_them.click()
    assert accepted.args == [1, None]
    settled(staffed, qtbot)
    asked = [what for call, what in staffed.facade.seen if call == "match_person"]
    assert asked == [(one.person, "c2", one.user.id)]


def test_accounts_are_distributed_by_keyboard_and_reviewed(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot)
    panel.many.distribute_button.click()
    dialog = panel.many.distribution
    assert dialog is not None
    assert not dialog.review.isEnabled()
    assert "Tick who shall get accounts" in dialog.told.text()
    qtbot.keyClick(dialog.people, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.people, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.people, Qt.Key.Key_Space)
    dialog.where.setEditText("industry = 'Media'")
    qtbot.waitUntil(lambda: dialog.found is not None)
    found = dialog.found
    assert found is not None
    assert len(found.shares) == 2
    assert sum(one.gets for one in found.shares) == len(found.edits) > 0
    with qtbot.waitSignal(panel.asked) as asked:
        dialog.review.click()
    where, source = asked.args
    assert where == "review"
    assert (source.kind, set(source.records)) == ("drafts", {one.record for one in found.edits})
    (saved,) = [what for call, what in staffed.facade.seen if call == "save_edits"]
    assert saved == found.edits


def test_a_condition_that_cannot_be_read_is_told_in_the_dialog(staffed: Bench, qtbot: QtBot) -> None:
    panel = opened(staffed, qtbot)
    assert panel.do("distribute")
    dialog = panel.many.distribution
    assert dialog is not None
    qtbot.keyClick(dialog.people, Qt.Key.Key_Space)
    dialog.where.setEditText("industry = ")
    qtbot.waitUntil(lambda: "segment." in dialog.banner.words)
    assert not dialog.review.isEnabled()
