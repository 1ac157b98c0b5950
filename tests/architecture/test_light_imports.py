"""What starts without Qt, and what importing a connector costs: nothing."""

import subprocess
import sys

import pytest

from tests.architecture.trees import PLUGINS

WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError("PySide6 is not installed here")

sys.meta_path.insert(0, NoQt())
import writeback

for module in pkgutil.walk_packages(writeback.__path__, "writeback."):
    if module.name.startswith(("writeback.gui", "writeback.store.migrations.")):
        continue  # the window needs Qt; migration scripts run inside Alembic only
    importlib.import_module(module.name)
    print(module.name)
"""


def _python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


def test_everything_but_the_window_imports_without_qt() -> None:
    done = _python(WITHOUT_QT)
    assert done.returncode == 0, done.stderr[-2000:]
    names = done.stdout.split()
    assert {
        "writeback.host",
        "writeback.engine",
        "writeback.cli",
        "writeback.worker",
        "writeback.runtime",
    } <= set(names)
    assert not any(name.startswith("writeback.gui") for name in names)


@pytest.mark.parametrize("package", [path.name for path in PLUGINS])
def test_importing_a_plugin_loads_nothing_heavy(package: str) -> None:
    heavy = (
        "requests",
        "urllib3",
        "simple_salesforce",
        "hubspot",
        "pydantic",
        "sqlalchemy",
        "PySide6",
        "orjson",
    )
    done = _python(f"import {package}, sys; print([name for name in {heavy!r} if name in sys.modules])")
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("writeback.runtime.telling", ("lark", "pydantic", "requests")),
        ("writeback.gui.application", ("lark", "pydantic", "requests", "writeback.runtime.runtime")),
        ("writeback.gui.application", ("writeback.runtime.facade.everything", "writeback.host")),
        ("writeback.gui.studio.main", ("pydantic", "writeback.runtime.runtime", "writeback.runtime.posing")),
        (
            "writeback.gui.studio.tours",
            ("pydantic", "writeback.runtime.runtime", "writeback.gui.panels.settings"),
        ),
        ("writeback.gui.panels.settings", ("lark", "requests", "writeback.transport")),
        ("writeback.gui.panels.accounts", ("lark", "pydantic", "requests")),
    ],
)
def test_who_reads_waits_for_no_parser_and_no_codec(module: str, heavy: tuple[str, ...]) -> None:
    done = _python(f"import {module}, sys; print([name for name in {heavy!r} if name in sys.modules])")
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_command_line_starts_without_database_http_and_window() -> None:
    heavy = (
        "alembic",
        "sqlalchemy",
        "requests",
        "PySide6",
        "simple_salesforce",
        "hubspot",
        "authlib",
        "keyring",
    )
    asked = f"[name for name in {heavy!r} if name in sys.modules]"
    done = _python(f"import writeback.cli.application, sys; print({asked})")
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
