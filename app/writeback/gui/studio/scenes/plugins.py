"""Plugins of the program and of others."""

import shutil

from writeback.gui.studio.registry import Registered, opening
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.widgets.states import ScreenState
from writeback.sdk.hookspecs import ENTRY_POINT_GROUP
from writeback.settings import load


def beside_a_broken_one(stage: Stage) -> None:
    """Open the screen while the plugin folder holds a plugin without its facts."""
    place = load().plugin_dir / "acme"
    facts = place / "writeback_acme-1.0.dist-info"
    facts.mkdir(parents=True, exist_ok=True)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: writeback-acme\nVersion: 1.0\n", "utf-8")
    (facts / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\nacme = writeback_acme\n", "utf-8")
    (place / "writeback_acme").mkdir(exist_ok=True)
    (place / "writeback_acme" / "__init__.py").write_text("", "utf-8")
    try:
        stage.go("plugins")
    finally:
        shutil.rmtree(place)


SCREENS = (
    Registered(
        "plugins",
        empty=(Place.NEW, opening("plugins")),
        partial=(Place.TROUBLED, beside_a_broken_one),
        shows={"empty": ScreenState.READY},  # the program's own connectors are always there
    ),
)
