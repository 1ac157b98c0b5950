"""Take pictures of every screen in its states, themes and sizes: `python packaging/screenshots.py [FILTER]`.

A tool for developers: builds a workspace, opens the real window on it offscreen, and writes PNG files
to `artifacts/screenshots` (not committed). Somebody has to look at them.
"""

import os
import sys
import tempfile
import time
from collections import abc
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QItemSelectionModel, QSize  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402
from tests.gui.disputing import seed_conflicts  # noqa: E402
from tests.gui.remembering import seed_history, seed_verification  # noqa: E402
from tests.gui.scripted import ScriptedFacade  # noqa: E402
from tests.gui.seeding import (  # noqa: E402
    NOW,
    make_workspace,
    rid,
    seed_drift,
    seed_everything,
    seed_fan_out,
    wait_for_a_word,
)
from tests.gui.staffing import seed_people  # noqa: E402

from writeback.engine.previewing import Preview, PreviewCell, PreviewRow  # noqa: E402
from writeback.errors import MappingError, ServerBusyError, WorkspaceError  # noqa: E402
from writeback.gui.bridge import Bridge  # noqa: E402
from writeback.gui.dialogs.filtering import FilterDialog  # noqa: E402
from writeback.gui.dialogs.previewing import PreviewDialog  # noqa: E402
from writeback.gui.i18n import use_locale  # noqa: E402
from writeback.gui.tasks import Desk, Tasks  # noqa: E402
from writeback.gui.theming.current import Theming  # noqa: E402
from writeback.gui.theming.tokens import ThemeName  # noqa: E402
from writeback.gui.windows.main import MainWindow  # noqa: E402
from writeback.model.changes import Reason  # noqa: E402
from writeback.model.guards import Guard, Strike  # noqa: E402
from writeback.model.integrations import EmptyRule, ReferenceMode  # noqa: E402
from writeback.model.jobs import Assurance, Route  # noqa: E402
from writeback.model.types import AttributeType, ConnectionId, JobId  # noqa: E402
from writeback.runtime.facade import PlanGroup, PlanSource, Suggestion  # noqa: E402
from writeback.runtime.facade.references import ReferenceMeaning  # noqa: E402
from writeback.runtime.reading import Reading  # noqa: E402
from writeback.runtime.resources import resource_folder  # noqa: E402
from writeback.store import verifications  # noqa: E402

OUT = ROOT / "artifacts" / "screenshots"
SIZES = {"1280x800": QSize(1280, 800), "900x600": QSize(900, 600)}
Shot = abc.Callable[["Studio"], None]


class Studio:
    """One window on one workspace."""

    def __init__(self, application: QApplication, folder: Path, *, kind: str) -> None:
        self.application = application
        path = folder / f"{kind or 'Northwind'}.writeback"
        self.workspace = make_workspace(path) if kind == "empty" else seed_everything(path)
        with self.workspace.writing() as db:
            if not kind:
                seed_history(db)
            if kind == "fan-out":
                seed_fan_out(db)
            if kind == "disputed":
                seed_conflicts(db)
            if kind == "staffed":
                seed_people(db)
        self.reads = Reading.open(path, now=lambda: NOW, new_id=lambda: "x")
        self.facade = ScriptedFacade(self.workspace, self.reads, now=lambda: NOW)
        self.facade.suggestions = (
            Suggestion("Phone", "phone", 1.0, "new_attribute"),
            Suggestion("BillingCity", "city", 0.7, "new_attribute"),
        )
        self.tasks = Tasks()
        numbers = iter(range(10**6))
        desk = Desk(self.reads, self.facade, self.tasks, lambda: NOW, lambda: f"act{next(numbers)}", "ana")
        self.bridge = Bridge(self.reads, self.tasks)
        self.window = MainWindow(path)
        self.window.show()
        self.window.fill(desk, self.bridge)
        self.settle()

    def settle(self, seconds: float = 0.35) -> None:
        """Let everything arrive."""
        until = time.monotonic() + seconds
        while time.monotonic() < until or self.tasks.running:
            self.application.processEvents()
            time.sleep(0.005)

    def wait(self, seconds: float) -> None:
        """Let time pass although something is under way."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.application.processEvents()
            time.sleep(0.005)

    def shoot(self, name: str) -> None:
        """Write one picture."""
        self.settle()
        OUT.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(OUT / f"{name}.png"))

    def shoot_dialog(self, name: str) -> None:
        """Write a picture of the dialog in front."""
        if self.facade.is_held.is_set():
            self.settle()
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                OUT.mkdir(parents=True, exist_ok=True)
                dialog.grab().save(str(OUT / f"{name}.png"))
                dialog.reject()
                dialog.deleteLater()
        self.facade.is_held.set()
        self.settle()

    def close(self) -> None:
        """End it."""
        self.bridge.stop()
        self.window.close()
        self.tasks.close()
        self.reads.close()
        self.workspace.close()


def go(screen: str, subject: object = None) -> Shot:
    """Show a screen."""
    return lambda studio: studio.window.go(screen, subject)


def plan(studio: Studio) -> None:
    """Review with a plan."""
    studio.window.go("review", PlanSource(kind="drafts"))


def edits(studio: Studio) -> None:
    """Review before anything is checked."""
    studio.window.go("review")
    studio.settle()
    panel = studio.window.panels["review"]
    panel._drop_plan()  # type: ignore[attr-defined]  # noqa: SLF001  a tool that looks inside


def inspector(studio: Studio) -> None:
    """The grid with the inspector on a refused value."""
    studio.window.go("accounts")
    studio.settle()
    table = studio.window.panels["accounts"].first_focus()
    table.go_to(4, 1)  # type: ignore[union-attr]
    studio.window.do("inspector")


def spread(studio: Studio) -> None:
    """The grid with the inspector on a value that goes to four CRMs."""
    studio.window.go("accounts")
    studio.settle()
    accounts = studio.window.panels["accounts"]
    accounts.first_focus().go_to(2, 1)  # type: ignore[union-attr]
    if not accounts._inspector.isVisible():  # type: ignore[attr-defined]  # noqa: SLF001
        studio.window.do("inspector")


def conflict(studio: Studio) -> None:
    """The grid with the inspector on a value in conflict."""
    studio.window.go("accounts")
    studio.settle()
    table = studio.window.panels["accounts"].first_focus()
    table.go_to(6, 2)  # type: ignore[union-attr]
    accounts = studio.window.panels["accounts"]
    if not accounts._inspector.isVisible():  # type: ignore[attr-defined]  # noqa: SLF001
        studio.window.do("inspector")


def reference(studio: Studio) -> None:
    """The mapping of a reference field."""
    studio.window.go("mapping")
    studio.settle()
    studio.window.panels["mapping"].first_focus().go_to(3)  # type: ignore[union-attr]


def meanings(*, is_forbidden: bool) -> Shot:
    """The mapping of a reference field, with what the CRM says of both of its meanings."""

    def act(studio: Studio) -> None:
        reason = Reason("reference.target_read_only", (("field", "Owner.Email"), ("object", "Owners")))
        studio.facade.meanings = (
            ReferenceMeaning(ReferenceMode.REPOINT, "Account", "Owner ID", "User", connection="Acme"),
            ReferenceMeaning(
                ReferenceMode.EDIT_TARGET,
                *("User", "Email"),
                via=("Owner",),
                connection="Acme",
                reason=reason if is_forbidden else None,
            ),
        )
        reference(studio)
        studio.settle()

    return act


def behind(studio: Studio) -> None:
    """Review with a plan that edits a record behind a reference."""
    studio.facade.behind = PlanGroup(
        JobId("j7"), ConnectionId("c1"), "User", ("Owner.Name",), Route.SINGLE, Assurance.A,
        rows=1, send=1, unchanged=0, blocked=0, conflict=0, calls=1, read_calls=3,
        root="Account", shown_by=214, edits=(("Ana Ruiz", 214),),
    )  # fmt: skip
    plan(studio)
    studio.settle()
    studio.facade.behind = None


def tab(number: int) -> Shot:
    """A tab of a job."""

    def act(studio: Studio) -> None:
        studio.window.go("jobs", "j2")
        studio.settle()
        page = studio.window.panels["jobs"].detail  # type: ignore[attr-defined]
        page._tabs.setCurrentIndex(number)  # noqa: SLF001  a tool that looks inside

    return act


def values(studio: Studio) -> None:
    """The value rules of a list, scrolled to."""
    studio.window.go("mapping")
    studio.settle()
    panel = studio.window.panels["mapping"]
    place = next(at for at, one in enumerate(panel._model.rows) if one.path == "Tier__c")  # type: ignore[attr-defined]  # noqa: SLF001
    panel.first_focus().go_to(place)  # type: ignore[union-attr]
    side = panel._side.values  # type: ignore[attr-defined]  # noqa: SLF001
    for theirs in ("Gold", "silver_2024", "Platinum"):
        side.add.setText(theirs)
        side.add.returnPressed.emit()
    side.match.click()
    studio.settle()
    area = side.parentWidget().parentWidget().parentWidget()
    area.ensureWidgetVisible(side, 0, 600)


def broken(screen: str) -> Shot:
    """A screen whose reading failed."""

    def act(studio: Studio) -> None:
        studio.window.go(screen)
        studio.settle()
        studio.window.panels[screen].states.error(
            WorkspaceError("workspace.damaged", path="Northwind.writeback", problem="no table jobs")
        )

    return act


def loading(screen: str) -> Shot:
    """A screen that waits."""

    def act(studio: Studio) -> None:
        studio.window.go(screen)
        studio.settle()
        states = studio.window.panels[screen].states
        states._has_content = False  # noqa: SLF001
        states.loading()

    return act


def wizard(step: int) -> Shot:
    """The sign-in wizard at one of its steps."""

    def act(studio: Studio) -> None:
        studio.window.do("connect")
        studio.settle()
        dialog = studio.window.panels["connections"]._dialog  # type: ignore[attr-defined]  # noqa: SLF001
        for _ in range(step):
            dialog._go_on()  # noqa: SLF001
        studio.settle()

    return act


def filtering(kind: str) -> Shot:
    """The filter builder: with lines, by hand, or with a line that is wrong."""

    def act(studio: Studio) -> None:
        studio.window.go("mapping")
        studio.settle()
        studio.facade.fails.clear()
        studio.window.do("filter")
        studio.settle()
        dialog = next(one for one in studio.window.findChildren(FilterDialog) if one.isVisible())
        first = dialog.rows[0]
        first.field.setEditText("Industry")
        first.operator.setCurrentIndex(first.operator.findData("one_of"))
        first.operator.activated.emit(2)
        first.editor.show_value("Retail;Energy")  # type: ignore[union-attr]
        second = dialog._add_row()  # noqa: SLF001
        second.field.setEditText("Owner.Email")
        second.editor.setText("ana@acme.test")  # type: ignore[union-attr]
        studio.settle()
        dialog.count.click()
        studio.settle()
        if kind == "hand":
            dialog.by_hand.click()
        if kind == "wrong":
            studio.facade.fails["compile_filter"] = MappingError(
                "filter.bad_value", path="Owner.Email", value="ana@acme.test"
            )
            second.editor.setText("ana")  # type: ignore[union-attr]
        if kind == "refused":
            studio.facade.fails["change_filter"] = MappingError("filter.too_long")
            dialog.save.click()
        studio.settle()
        studio.facade.fails.clear()

    return act


PREVIEW = Preview(
    ("Name", "Industry", "AnnualRevenue", "Renewal_Date__c", "Website"),
    tuple(
        PreviewRow(
            f"0015f000001{number:04d}AAA",
            (
                PreviewCell(f"Northwind {number}", f"Northwind {number}"),
                PreviewCell("Retail", "Retail")
                if number % 3
                else PreviewCell("", "Other", empty=EmptyRule.DEFAULT),
                PreviewCell("1.204,50", "1204.50"),
                PreviewCell("04/13/2026", "", "value.not_a_date")
                if number % 4 == 1
                else PreviewCell("13.04.2026", "2026-04-13"),
                PreviewCell("", "", empty=EmptyRule.KEEP) if number % 2 else PreviewCell("", ""),
            ),
        )
        for number in range(10)
    ),
)


def previewing(kind: str) -> Shot:
    """The preview: with rows, empty, waiting, or failed."""

    def act(studio: Studio) -> None:
        studio.window.go("mapping")
        studio.settle()
        studio.facade.previewed = PREVIEW if kind == "rows" else Preview(("Name",), ())
        if kind == "error":
            studio.facade.fails["preview"] = ServerBusyError("link.lost", host="acme.my.salesforce.com")
        if kind == "loading":
            studio.facade.is_held.clear()
        studio.window.do("preview")
        if kind == "loading":
            studio.wait(0.4)
        else:
            studio.settle()
        dialog = next(one for one in studio.window.findChildren(PreviewDialog) if one.isVisible())
        if kind == "rows":
            dialog.table.go_to(1, 4)
        studio.facade.fails.clear()

    return act


def drifted(screen: str) -> Shot:
    """A screen after the CRM's administrator was busy."""

    def act(studio: Studio) -> None:
        changes = {
            "Industry": {"is_updateable": False},
            "Name": {"label": "Company name, as it stands in the register of companies of its country"},
            "Tier__c": {"length": 3, "is_nillable": False},
            "AnnualRevenue": {"kind": AttributeType.TEXT, "crm_type": "string"},
        }
        with studio.workspace.writing() as db:
            seed_drift(db, changes=changes, gone="Website")
        studio.window.go(screen)
        studio.settle()
        if screen == "mapping":
            studio.window.panels["mapping"].first_focus().go_to(1)  # type: ignore[union-attr]

    return act


def source(studio: Studio) -> None:
    """The mapping of a text field with a default and a format."""
    studio.window.go("mapping")
    studio.settle()
    panel = studio.window.panels["mapping"]
    panel.first_focus().go_to(9)  # type: ignore[union-attr]
    side = panel._side._source  # type: ignore[attr-defined]  # noqa: SLF001
    side.empty.setCurrentIndex(2)
    side.empty.activated.emit(2)
    side.default.setText("https://none.example")
    side.default.editingFinished.emit()
    studio.settle()


def part(place: int) -> Shot:
    """One part of account assignment."""

    def act(studio: Studio) -> None:
        studio.window.go("assignment")
        studio.settle()
        studio.window.panels["assignment"].show_part(place)  # type: ignore[attr-defined]
        studio.settle()

    return act


def role_form(line: int) -> Shot:
    """The form of a role: a new one, or the chosen one."""

    def act(studio: Studio) -> None:
        part(0)(studio)
        panel = studio.window.panels["assignment"]
        panel.role_table.go_to(max(line, 0))  # type: ignore[attr-defined]
        studio.window.do("add_role" if line < 0 else "open_role")
        studio.settle()

    return act


def disagreement(studio: Studio) -> None:
    """The inbox on CRMs that disagree."""
    studio.window.go("conflicts")
    studio.settle()
    panel = studio.window.panels["conflicts"]
    panel.table.go_to(panel.model.rowCount() - 1)  # type: ignore[attr-defined]


def collected(studio: Studio) -> None:
    """The inbox with some kept of ours."""
    studio.window.go("conflicts")
    studio.settle()
    studio.window.panels["conflicts"].table.go_to(0)  # type: ignore[attr-defined]
    for _ in range(3):
        studio.window.panels["conflicts"].do("keep_mine")


def chooser(column: int) -> Shot:
    """Who somebody is in a CRM."""

    def act(studio: Studio) -> None:
        part(1)(studio)
        page = studio.window.panels["assignment"].people  # type: ignore[attr-defined]
        line = next(at for at, one in enumerate(page.model.rows) if one.id == "shared@acme.test")
        page.table.go_to(line, column)
        studio.window.do("match_person")
        studio.settle()

    return act


def read_back(*, done: bool) -> Shot:
    """A finished job, held against what its CRM holds now."""

    def act(studio: Studio) -> None:
        with studio.workspace.writing() as db:
            verifications.begin(db, "j2")
            if done:
                seed_verification(db, "j2")
        tab(5)(studio)

    return act


def rows_chosen(studio: Studio) -> None:
    """Rows of a job that are to be put back."""
    tab(1)(studio)
    rows = studio.window.panels["jobs"].detail.rows_page  # type: ignore[attr-defined]
    rows.table.clearSelection()
    for place in (0, 2, 5):
        rows.table.selectionModel().select(
            rows.model.index(place, 0),
            QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
        )
    studio.settle()


STAFFED_DIALOGS: dict[str, Shot] = {
    "role-new": role_form(-1),
    "role-change": role_form(0),
    "choose-ambiguous": chooser(3),
}
STAFFED: dict[str, Shot] = {
    "assignment": part(0),
    "assignment-people": part(1),
    "assignment-choices": part(2),
    "assignment-error": broken("assignment"),
    "assignment-loading": loading("assignment"),
    "assignment-accounts": go("accounts"),
    "assignment-profile": go("profile", ("account", rid(0))),
}


def guards(studio: Studio) -> None:
    """A plan that strikes two guards, with a quota that does not suffice."""
    studio.facade.struck = (
        Strike(Guard.ROWS, 120_000, 100_000),
        Strike(Guard.BLANKS, 62.5, 50, (("rows", "75,000"),)),
    )
    plan(studio)
    studio.settle()
    studio.facade.struck = ()


def waiting(studio: Studio) -> None:
    """A plan of somebody else that waits for a word."""
    with studio.workspace.writing() as db:
        wait_for_a_word(db)
    studio.window.go("permissions")
    studio.settle()
    with studio.workspace.writing() as db:
        db.exec_driver_sql("delete from approvals")


DIALOGS: dict[str, Shot] = {
    **{f"wizard-{step}": wizard(step) for step in range(4)},
    **{f"filter-{kind}": filtering(kind) for kind in ("lines", "wrong", "hand", "refused")},
    **{f"preview-{kind}": previewing(kind) for kind in ("rows", "empty", "error", "loading")},
}
BUSY: dict[str, Shot] = {
    "home": go("welcome"),
    "accounts": go("accounts"),
    "accounts-inspector": inspector,
    "accounts-error": broken("accounts"),
    "accounts-loading": loading("accounts"),
    "accounts-conflict": conflict,
    "profile": go("profile", ("account", rid(0))),
    "profile-conflict": go("profile", ("account", rid(6))),
    "review-edits": edits,
    "review-plan": plan,
    "review-behind": behind,
    "review-guards": guards,
    "permissions": go("permissions"),
    "permissions-waiting": waiting,
    "permissions-error": broken("permissions"),
    "jobs": go("jobs"),
    "job": tab(0),
    "job-running": go("jobs", "j6"),
    "job-stopped": go("jobs", "j5"),
    "job-rows": tab(1),
    "job-causes": tab(2),
    "job-batches": tab(3),
    "job-exchanges": tab(4),
    "jobs-error": broken("jobs"),
    "jobs-loading": loading("jobs"),
    "connections-error": broken("connections"),
    "connections-loading": loading("connections"),
    "review-error": broken("review"),
    "review-loading": loading("review"),
    "permissions-loading": loading("permissions"),
    "profile-error": broken("profile"),
    "profile-loading": loading("profile"),
    "job-read-back": read_back(done=True),
    "job-not-read-back": read_back(done=False),
    "job-rows-chosen": rows_chosen,
    "connections": go("connections"),
    "mapping": go("mapping"),
    "mapping-meanings": meanings(is_forbidden=False),
    "mapping-forbidden": meanings(is_forbidden=True),
    "mapping-reference": reference,
    "mapping-source": source,
    "mapping-values": values,
    "assignment": go("assignment"),
    "mapping-error": broken("mapping"),
    "mapping-loading": loading("mapping"),
    "mapping-drifted": drifted("mapping"),
    "connections-drifted": drifted("connections"),
    "model": go("model"),
    "model-error": broken("model"),
    "model-loading": loading("model"),
}
EMPTY: dict[str, Shot] = {
    "home": go("welcome"),
    "accounts": go("accounts"),
    "profile": go("profile"),
    "review": go("review"),
    "conflicts": go("conflicts"),
    "jobs": go("jobs"),
    "connections": go("connections"),
    "mapping": go("mapping"),
    "model": go("model"),
    "assignment": go("assignment"),
    "permissions": go("permissions"),
}
DISPUTED: dict[str, Shot] = {
    "conflicts": go("conflicts"),
    "conflicts-master": disagreement,
    "conflicts-mine": collected,
    "conflicts-error": broken("conflicts"),
    "conflicts-loading": loading("conflicts"),
}
FANNED_OUT: dict[str, Shot] = {
    "model": go("model"),
    "accounts": spread,
    "profile": go("profile", ("account", rid(2))),
    "profile-waiting": go("profile", ("account", rid(9))),
    "profile-people": go("profile", ("account", rid(1))),
    "person": go("profile", ("user", "i9:P1")),
}


def main(wanted: str) -> None:
    """Take all pictures whose name holds `wanted`."""
    application = QApplication([])
    use_locale("en_US")
    theming = Theming(resource_folder(), application)
    theming.apply(ThemeName.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        kinds = {"": BUSY, "fan-out": FANNED_OUT, "staffed": STAFFED, "disputed": DISPUTED, "empty": EMPTY}
        for kind, shots in kinds.items():
            studio = Studio(application, Path(folder), kind=kind)
            for theme in ThemeName:
                theming.apply(theme)
                for size_name, size in SIZES.items():
                    if theme is ThemeName.CONTRAST and size_name != "1280x800":
                        continue
                    studio.window.resize(size)
                    for shot_name, shot in shots.items():
                        name = f"{kind}{'-' if kind else ''}{shot_name}-{theme.value}-{size_name}"
                        if wanted in name:
                            shot(studio)
                            studio.shoot(name)
                dialogs = {"": DIALOGS, "staffed": STAFFED_DIALOGS}.get(kind, {})
                if theme is not ThemeName.CONTRAST:
                    for shot_name, shot in dialogs.items():
                        if wanted in f"{shot_name}-{theme.value}":
                            shot(studio)
                            studio.shoot_dialog(f"{shot_name}-{theme.value}")
            studio.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
