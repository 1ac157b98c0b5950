"""Dialogs that stand over a screen: each reached as a person reaches it, by a key, a button, a menu."""

from collections import abc

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton, QTreeWidget

from writeback.gui.application import utc_now
from writeback.gui.panels.connections import ConnectionsPanel
from writeback.gui.studio.registry import Act, Scene, over, pressing, taking
from writeback.gui.studio.scenes.files import sheet
from writeback.gui.studio.scenes.records import of_record
from writeback.gui.studio.scenes.work import at_step
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.translating import tr
from writeback.gui.widgets.tables import Table
from writeback.gui.windows.org_chips import OrgChip
from writeback.model.types import AttributeType
from writeback.runtime import upkeep
from writeback.runtime.reading_references import points_elsewhere
from writeback.runtime.views import AttributeView

PALETTE = "What do you want to do?"
PRODUCTS = range(4)
"""The connectors that come with the program, in the order of the wizard."""


def then(*acts: Act) -> Act:
    """Give the act of doing one after the other."""

    def act(stage: Stage) -> None:
        for one in acts:
            one(stage)

    return act


def going(screen: str, subject: object = None) -> Act:
    """Give the act of opening a screen for a subject."""
    return lambda stage: stage.go(screen, subject)


def doing(action: str) -> Act:
    """Give the act of taking an action where one is."""
    return lambda stage: stage.do(action)


def buttons(*names: str) -> Act:
    """Give the act of pressing one button after the other where one is."""
    return lambda stage: stage.press(*names)


def typing(name: str, text: str) -> Act:
    """Give the act of typing into a line."""
    return lambda stage: stage.type_into(name, text)


def picking(entry: str) -> Act:
    """Give the act of taking an entry of the menu behind a button *More*."""
    return then(buttons("More"), lambda stage: stage.pick(entry))


def on_cell(is_wanted: abc.Callable[[AttributeView], object]) -> Act:
    """Give the act of standing on the first cell of such an attribute."""

    def act(stage: Stage) -> None:
        stage.go("accounts")
        table = stage.table("accounts")
        head = table.model()
        shown = [head.headerData(at, Qt.Orientation.Horizontal) for at in range(head.columnCount())]
        titles = {one.attribute.title for one in stage.reads.attribute_views("account") if is_wanted(one)}
        table.go_to(0, next(at for at, title in enumerate(shown) if title in titles))

    return act


def editable(kind: AttributeType) -> abc.Callable[[AttributeView], bool]:
    """Give whether an attribute is of this kind and may be edited."""
    return lambda one: one.attribute.kind is kind and one.lock is None


def copied(text: str) -> Act:
    """Give the act of copying a text elsewhere."""
    return lambda _stage: QGuiApplication.clipboard().setText(text)


def on_list(stage: Stage) -> None:
    """Stand on an attribute with options."""
    stage.go("model")
    views = stage.reads.attribute_views("account")
    kinds = [one.attribute.kind for one in views]
    stage.table("model").go_to(kinds.index(AttributeType.LIST))
    stage.settle()


def on_profile(stage: Stage) -> None:
    """Open an account."""
    stage.go("profile", of_record(stage))


def in_wizard(*chosen: int) -> Act:
    """Give the act of choosing a product in the sign-in wizard, then a way, and going on."""

    def act(stage: Stage) -> None:
        taking("connections", "connect")(stage)
        for one in stage.window.findChildren(QPushButton):
            if one.isVisible() and one.accessibleName() == tr("Start over"):
                one.click()  # how far an earlier scene came is kept
        for place in chosen:
            [one for one in stage.window.findChildren(QRadioButton) if one.isVisible()][place].click()
            stage.press("Go on")

    return act


def waiting_for_the_browser(stage: Stage) -> None:
    """Answer all that is asked as its example says, and begin to sign in; no browser opens."""
    panel = stage.window.panels["connections"]
    if isinstance(panel, ConnectionsPanel):
        panel.opener = lambda _address: None
    in_wizard(0, 0)(stage)
    for line in stage.window.findChildren(QLineEdit):
        if line.isVisible() and not line.text():
            line.setText(line.placeholderText() or "11111111-2222-3333-4444-555555555555")
    stage.press("Go on")


def a_backup(stage: Stage) -> None:
    """Make a backup."""
    upkeep.make_backup(stage.path, now=utc_now())


def facts(stage: Stage) -> None:
    """Open the chip of a connection."""
    stage.go("accounts")
    next(one for one in stage.window.findChildren(OrgChip) if one.isVisible()).click()
    stage.settle()


def behind(stage: Stage) -> None:
    """Look behind the first reference of an object."""
    tree = stage.find(QTreeWidget, "Fields, with what references lead to")
    if (first := tree.topLevelItem(0)) is not None:
        tree.expandItem(first)
    stage.settle()


def last_object(stage: Stage) -> None:
    """Open the mapping of a CRM that has references."""
    stage.go("mapping", str(stage.reads.connections()[-2].connection.id))


def a_sheet(stage: Stage) -> None:
    """Open a sheet."""
    stage.go("files", sheet(stage))


def on_people(stage: Stage) -> None:
    """Say who a team member is in a CRM."""
    stage.go("assignment")
    stage.press("People")
    stage.find(Table, "People").go_to(0)
    stage.do("match_person")


def leaving(stage: Stage) -> None:
    """Close the window while jobs are at work."""
    stage.go("jobs")
    stage.window.close()
    stage.settle()


DIALOGS: tuple[Scene, ...] = (
    over("welcome", "palette", taking("welcome", "palette")),
    over("welcome", "palette-hits", then(taking("welcome", "palette"), typing(PALETTE, "demo"))),
    over("welcome", "palette-no-hit", then(taking("welcome", "palette"), typing(PALETTE, "zzzz"))),
    over("welcome", "keys", taking("welcome", "keys")),
    over("welcome", "key", then(taking("welcome", "keys"), buttons("Change key…"))),
    over("welcome", "help", taking("welcome", "help")),
    over("welcome", "help-no-hit", then(taking("welcome", "help"), typing("Find in help", "zzzz"))),
    over("welcome", "about", taking("welcome", "about")),
    over("welcome", "notices", taking("welcome", "notices"), Place.TROUBLED),
    over("welcome", "restore", then(a_backup, pressing("welcome", "Restore a backup…"))),
    over("welcome", "facts", facts),
    over("accounts", "blank", then(on_cell(editable(AttributeType.TEXT)), doing("clear"))),
    over(
        "accounts",
        "paste",
        then(copied("03/04/2026"), on_cell(editable(AttributeType.DATE)), doing("paste")),
    ),
    over("accounts", "reference", then(on_cell(points_elsewhere), doing("candidates"))),
    over("accounts", "columns", taking("accounts", "columns")),
    over("accounts", "filter", taking("accounts", "filter")),
    over("profile", "note", then(on_profile, buttons("Write a note…"))),
    over("plays", "rename", pressing("plays", "Rename…")),
    over("forms", "users", pressing("forms", "Design…", "For everybody")),
    over("campaigns", "whom", then(at_step(2), buttons("Choose a record…"))),
    over("files", "constant", then(a_sheet, buttons("Same in every row…"))),
    over("files", "match", then(a_sheet, buttons("Match test…"))),
    over("files", "texts", then(a_sheet, buttons("What texts become…"))),
    over("jobs", "leaving", leaving, Place.TROUBLED),
    over("connections", "wizard", in_wizard()),
    *(over("connections", f"wizard-way-{at + 1}", in_wizard(at)) for at in PRODUCTS),
    *(over("connections", f"wizard-details-{at + 1}", in_wizard(at, 0)) for at in PRODUCTS),
    over("connections", "wizard-browser", waiting_for_the_browser),
    over(
        "connections",
        "wizard-test",
        then(going("connections"), picking("Sign in again…"), buttons("Go on", "Connect")),
    ),
    over("connections", "rename", then(going("connections"), picking("Rename…"))),
    over("connections", "disconnect", then(going("connections"), picking("Disconnect…"))),
    over("mapping", "add-object", pressing("mapping", "Add object…")),
    over("mapping", "path", then(last_object, picking("Map through a reference…"), behind)),
    over("model", "add", pressing("model", "Add attribute…")),
    over("model", "retype", then(on_list, buttons("Change type…"))),
    over("model", "merge", then(on_list, buttons("Merge…"))),
    over("model", "delete", then(on_list, buttons("Delete…"))),
    over("assignment", "match", on_people),
    over("settings", "messages", then(going("settings", "webhook"), buttons("What was sent…"))),
    over("settings", "really-reset", then(going("settings", "reset"), buttons("Reset all settings…"))),
)
"""Those that no module of a screen has."""
