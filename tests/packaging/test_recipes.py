"""The recipes for systems that nobody runs here hold together at least: syntax, and the files they name."""

import plistlib
import re
import subprocess
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
ROOT = PACKAGING.parent
NAMED = re.compile(r"packaging[\\/][\w\\/.-]+\.(?:py|md|plist|ps1|sh|iss|spec)")


@pytest.mark.parametrize("recipe", ["windows/build.ps1", "windows/writeback.iss", "macos/build.sh"])
def test_every_file_that_a_recipe_names_is_there(recipe: str) -> None:
    text = (PACKAGING / recipe).read_text("utf-8")
    named = {name.replace("\\", "/") for name in NAMED.findall(text)}
    assert named or recipe.endswith(".iss")
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_recipe_for_macos_is_a_script_that_a_shell_can_read() -> None:
    subprocess.run(["bash", "-n", str(PACKAGING / "macos/build.sh")], check=True)
    assert plistlib.loads((PACKAGING / "macos/entitlements.plist").read_bytes())


def test_no_recipe_takes_a_password() -> None:
    for recipe in ("windows/build.ps1", "macos/build.sh"):
        arguments = (PACKAGING / recipe).read_text("utf-8").replace("no key or password", "")
        assert not re.search(r"(?i)--password|/p\b|\$password|pfx", arguments)


def test_the_links_of_each_system_open_the_window_and_do_nothing_else() -> None:
    desktop = (PACKAGING / "linux/writeback.desktop").read_text("utf-8")
    installer = (PACKAGING / "windows/writeback.iss").read_text("utf-8")
    assert "Exec=writeback gui %u" in desktop
    assert 'writebackw.exe"" gui ""%1""' in installer
