"""`plugins new` to a connector that works: rendered, installed into a fresh environment, examined, seen."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.test_code_blocks import blocks_of
from writeback.errors import ConfigurationError
from writeback.runtime.rendering import check_name, class_name, render_plugin

WIZARD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton
from writeback.gui.dialogs.connecting import ConnectDialog
from writeback.gui.i18n import use_locale
from writeback.gui.tasks import Desk, Tasks
from writeback.gui.theming.current import Theming
from writeback.gui.theming.tokens import ThemeName
from writeback.runtime.reading import Reading
from writeback.runtime.resources import resource_folder
from writeback.store.workspace import Workspace
now = lambda: datetime(2026, 11, 27, tzinfo=UTC)
path = Path(sys.argv[1])
Workspace.create(path, now=now, new_id=lambda: "w").close()
app = QApplication([])
use_locale("en_US")
Theming(resource_folder(), app).apply(ThemeName.LIGHT)
reads, tasks = Reading.open(path, now=now, new_id=lambda: "x"), Tasks()
dialog = ConnectDialog(Desk(reads, None, tasks, now, lambda: "x"), reads.connectors())
print([choice.text() for choice in dialog.findChildren(QRadioButton)])
print([label.text() for label in dialog.findChildren(QLabel) if "allow" in label.text()])
assert not [name for name in sys.modules if name.startswith("writeback_globex")]
tasks.close()
reads.close()
"""


class Environment:
    """A fresh Python that shares our libraries and nothing of a person's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
        self.python = folder / "env" / "bin" / "python"
        (site,) = (folder / "env" / "lib").glob("python*/site-packages")
        ours = next(path for path in sys.path if path.endswith("site-packages"))
        (site / "shared.pth").write_text(f"import site; site.addsitedir({ours!r})\n", "utf-8")
        places = {f"WRITEBACK_{name}_DIR": str(folder / name.lower()) for name in ("DATA", "CONFIG", "LOG")}
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environ = {**kept, **places, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *arguments: str, code: int = 0, where: Path | None = None) -> str:
        done = subprocess.run(
            [str(self.python), *arguments],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=280,
            env=self.environ,
            cwd=where or self.folder,
        )
        assert done.returncode == code, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def command(self, words: list[str], *more: str, code: int = 0) -> str:
        """Run a line of a page: `writeback …` or `pip install …`, without a network."""
        program, *rest = [*words, *more]
        if program == "pip":
            offline = [
                "--quiet",
                "--disable-pip-version-check",
                "--no-index",
                "--no-deps",
                "--no-build-isolation",
            ]
            return self.run("-m", "pip", rest[0], *offline, *rest[1:])
        assert program == "writeback"
        return self.run("-m", program, *rest, code=code)

    def listed(self) -> dict[str, str]:
        told = self.command(["writeback", "plugins", "list", "--json"])
        return {one["id"]: one["status"] for one in json.loads(told)}


@pytest.mark.timeout(300)
@pytest.mark.nightly  # a minute of one core: pip, an environment and the whole suite
def test_the_ten_minutes_of_the_readme(tmp_path: Path, root: Path) -> None:
    """Runs the lines of plugins/README.md, one by one, and looks at the plugin in between."""
    ((_, _, lines),) = blocks_of(root / "plugins" / "README.md")
    new, install, allow, check, listing = (shlex.split(line) for line in lines.splitlines())
    fresh = Environment(tmp_path)
    folder = tmp_path / fresh.command(new).strip()
    fresh.command(install)
    assert fresh.listed()["globex"] == "not_allowed"
    shown = fresh.run("-c", WIZARD, str(tmp_path / "before.writeback")).splitlines()
    assert "'Globex'" not in shown[0]
    assert "writeback plugins allow globex" in shown[1]
    assert "plugin.not_allowed" in fresh.command(check, "--json", code=70)

    fresh.command(allow)
    assert fresh.listed()["globex"] == "found"
    assert "'Globex'" in fresh.run("-c", WIZARD, str(tmp_path / "after.writeback")).splitlines()[0]
    told = fresh.command(check)
    counts = re.search(r"^([0-9]+) checks passed, 0 failed, ", told, re.MULTILINE)
    assert counts is not None, told
    assert int(counts[1]) >= 60
    assert "globex reaches platinum; quality.toml claims silver." in told
    assert re.search(r"^globex +Globex .* silver ", fresh.command(listing), re.MULTILINE)

    assert "11 passed" in fresh.run("-m", "pytest", "-q", "tests/test_wire.py", where=folder)
    collected = fresh.run("-m", "pytest", "-q", "--collect-only", where=folder)
    assert "test_the_connector_is_at_least_silver" in collected


@pytest.mark.parametrize(
    "name",
    [
        "",
        "A",
        "a",
        "Globex",
        "my-crm",
        "1crm",
        "my crm",
        "../x",
        "class",
        "acme",
        "writeback",
        "a__b",
        "x_",
        "é" * 3,
    ],
)
def test_a_name_that_cannot_be_a_plugins_is_refused_before_anything_is_written(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationError, match=r"plugin\.bad_name"):
        render_plugin(name, into=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"plugin\.name_taken"):
        check_name("salesforce", taken={"salesforce"})
    folder = render_plugin("my_crm", into=tmp_path)
    assert folder.name == "writeback-my-crm"
    assert (folder / "writeback_my_crm" / "connector.toml").is_file()
    assert class_name("my_crm") == "MyCrm"
    with pytest.raises(ConfigurationError, match=r"plugin\.folder_exists"):
        render_plugin("my_crm", into=tmp_path)


def test_the_placeholder_is_gone_everywhere(tmp_path: Path) -> None:
    folder = render_plugin("my_crm", into=tmp_path)
    texts = {path: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
    assert [path for path, text in texts.items() if "acme" in text.casefold()] == []
    assert [path for path in texts if "acme" in path.name or path.suffix == ".in"] == []


@pytest.mark.nightly
@pytest.mark.timeout(300)
def test_a_rendered_plugin_is_strictly_typed_and_in_form(tmp_path: Path, root: Path) -> None:
    folder = render_plugin("my_crm", into=tmp_path)
    environ = {**os.environ, "MYPYPATH": str(root / "app")}
    options = ["--strict", "--explicit-package-bases", "--config-file", os.devnull, "-p", "writeback_my_crm"]
    typed = subprocess.run(
        [sys.executable, "-m", "mypy", *options],
        cwd=folder,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert [line for line in typed.stdout.splitlines() if line.startswith("writeback_my_crm")] == []
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--line-length",
        "110",
        "--select",
        "E,F,B,UP",
    ]
    checked = subprocess.run(
        [*command, "writeback_my_crm"], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert checked.returncode == 0, checked.stdout
