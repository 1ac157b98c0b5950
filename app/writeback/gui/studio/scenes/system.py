"""System: plugins, settings, the audit trail."""

import json
import shutil

from PySide6.QtWidgets import QComboBox, QLineEdit

from writeback.gui.application import utc_now
from writeback.gui.panels.setting_channels import ChannelsPart
from writeback.gui.panels.settings import SettingsPanel
from writeback.gui.studio.registry import Act, Registered, Scene, over
from writeback.gui.studio.stage import Place, Stage
from writeback.runtime import upkeep
from writeback.settings import load
from writeback.store import sqlite


def found_nothing(stage: Stage) -> None:
    """Search the settings for what is not there."""
    stage.go("settings", "zzzz")


def anew(stage: Stage) -> None:
    """Open the settings without a search."""
    stage.go("settings", "")


def a_damaged_backup(stage: Stage) -> None:
    """Make a backup, let its disk damage it, have it checked."""
    now = utc_now()
    made = upkeep.make_backup(stage.path, now=now)
    with made.path.open("r+b") as file:
        file.seek(made.size // 2)
        file.write(b"\xff" * 4096)
    upkeep.verify_backups(stage.path, now=now)
    stage.go("settings", "")


def no_such_record(stage: Stage) -> None:
    """Look in the trail for a record that nobody ever touched."""
    stage.go("audit")
    stage.type_into("Record", "zzzz")


def whole_trail(stage: Stage) -> None:
    """Open the trail without a search."""
    stage.go("audit")
    stage.type_into("Record", "")


def tampered(stage: Stage) -> None:
    """Let somebody change an entry with other tools, and open the trail."""
    file = sqlite.open_file(stage.path, mode="rw")
    file.execute("drop trigger audit_keeps_what_stands")
    file.execute("update audit set at = '2020-01-01T00:00:00.000000Z' where seq = 3")
    file.execute(sqlite.GUARDS["audit_keeps_what_stands"])
    file.close()
    stage.go("audit")


def a_job(stage: Stage) -> None:
    """Choose the newest entry that is about a job."""
    stage.go("audit")
    stage.find(QLineEdit, "Record").clear()
    box = stage.find(QComboBox, "What")
    stage.choose(box, box.findData("batch"))


def found_no_plugin(stage: Stage) -> None:
    """Search the plugins for what is not there."""
    stage.go("plugins")
    stage.find(QLineEdit, "Find a plugin").setText("zzzz")
    stage.settle()


def found_all_plugins(stage: Stage) -> None:
    """Open the plugins without a search."""
    stage.go("plugins")
    stage.find(QLineEdit, "Find a plugin").clear()
    stage.settle()


def a_broken_plugin(stage: Stage) -> None:
    """Let somebody put a plugin with a malformed manifest into the plugin folder; it is taken out again."""
    home = load().plugin_dir / "broken"
    package, info = home / "writeback_broken_scene", home / "writeback_broken_scene-1.0.dist-info"
    for folder in (package, info):
        folder.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").touch()
    (package / "connector.toml").write_text('id = "broken"\ntitle = "Broken"\napi = 1\n', "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: writeback-broken\nVersion: 1.0\n", "utf-8")
    points = "[writeback.connectors]\nbroken = writeback_broken_scene\n"
    (info / "entry_points.txt").write_text(points, "utf-8")
    try:
        stage.go("plugins", "broken")
    finally:
        shutil.rmtree(home)


def gathered(stage: Stage) -> None:
    """Gather the diagnostics."""
    stage.go("settings", "diagnostics")
    stage.press("Gather")


def a_channel(stage: Stage) -> None:
    """Set a channel up as far as its host, which is not allowed yet."""
    stage.go("settings", "webhook")
    stage.settle()
    part = stage.window.findChild(ChannelsPart)
    lines = list(part.rows.values()) if part is not None else []
    if not lines:
        return  # no plugin offers a channel
    lines[-1].edit.click()
    stage.pause(100)
    stage.type_into("Address", "https://hooks.example.com/writeback")


def reported(stage: Stage) -> None:
    """Report the plugin in front."""
    found_all_plugins(stage)
    stage.press("Report…")


def imported(stage: Stage) -> None:
    """Look at a configuration that differs from this one, and knows a CRM that is not connected here."""
    told = json.loads(stage.reads.configuration_text())
    told["attributes"][0]["title"] += ", as the sandbox calls it"
    told["segments"].append(
        {"name": "With an industry", "entity": "account", "text": "industry is not blank"}
    )
    told["segments"].append({"name": "Gone", "entity": "account", "text": "nobody_has_it is blank"})
    told["integrations"].append({**told["integrations"][0], "connection": "Sandbox", "connector": "acme"})
    file = stage.path.with_name("sandbox-configuration.json")
    file.write_text(json.dumps(told), "utf-8")
    stage.go("settings", "configuration")
    panel = stage.window.panels["settings"]
    if isinstance(panel, SettingsPanel):
        panel.below.configuration.import_from(file)
    stage.settle()


def _searching(words: str) -> Act:
    return lambda stage: stage.go("settings", words)


SCREENS = (
    Registered(
        "plugins",
        empty=(Place.CALM, found_no_plugin),
        partial=(Place.TROUBLED, a_broken_plugin),
        ready=found_all_plugins,
        more=(over("plugins", "report", reported),),
    ),
    Registered(
        "audit",
        empty=(Place.CALM, no_such_record),
        partial=(Place.TROUBLED, tampered),
        ready=whole_trail,
        more=(Scene("audit", "values", Place.CALM, a_job),),
    ),
    Registered(
        "settings",
        empty=(Place.CALM, found_nothing),
        partial=(Place.TROUBLED, a_damaged_backup),
        ready=anew,
        more=(
            *(
                Scene("settings", name, Place.CALM, _searching(words))
                for name, words in (
                    ("guards", "guard"),
                    ("notices", "notify"),
                    ("backups", "backup"),
                    ("retention", "retention"),
                    ("reset", "reset"),
                )
            ),
            Scene("settings", "bundle", Place.CALM, gathered),
            over("settings", "import", imported),
            Scene("settings", "channels", Place.CALM, _searching("webhook")),
            over("settings", "channel", a_channel),
            Scene("settings", "unasked", Place.CALM, _searching("ask again")),
        ),
    ),
)
