"""HOOKS.md names every hook, and what it shows is run."""

import re
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from tests.doubles.trusting import allowed_host
from writeback.sdk import hookspecs

PAGE = Path(hookspecs.__file__).with_name("HOOKS.md")


def test_every_hook_has_a_heading_and_every_heading_a_hook() -> None:
    headings = set(re.findall(r"^## `(\w+)\(.*\)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert headings == {name for name in vars(hookspecs) if name.startswith("writeback_")}


def test_the_example_of_the_page_is_a_plugin_that_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert [language for language, _ in blocks] == ["toml", "toml", "python"]
    project, manifest, code = (text for _, text in blocks)
    ((name, package),) = tomllib.loads(project)["project"]["entry-points"][
        hookspecs.ENTRY_POINT_GROUP
    ].items()
    folder = tmp_path / package
    folder.mkdir()
    (folder / "__init__.py").write_text(code, encoding="utf-8")
    (folder / "connector.toml").write_text(manifest, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    host = allowed_host([EntryPoint(name, package, hookspecs.ENTRY_POINT_GROUP)])
    assert host.connector(name).id == host.manifest(name).id == "acme"
