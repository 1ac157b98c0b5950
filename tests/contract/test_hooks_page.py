"""HOOKS.md names every hook, and what it shows is run."""

import re
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from tests.doubles.trusting import allowed_host
from writeback.model.changes import Reason
from writeback.runtime.transforming import Transforms
from writeback.sdk import hookspecs
from writeback.sdk.transforms import Inverts

PAGE = Path(hookspecs.__file__).with_name("HOOKS.md")


def blocks_of(page: Path) -> list[tuple[str, str]]:
    """Give language and text of each code block."""
    return re.findall(r"^```(\w+)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_every_hook_has_a_heading_and_every_heading_a_hook() -> None:
    headings = set(re.findall(r"^## `(\w+)\(.*\)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert headings == {name for name in vars(hookspecs) if name.startswith("writeback_")}


def test_the_example_of_the_page_is_a_plugin_that_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = blocks_of(PAGE)
    assert [language for language, _ in blocks] == [
        *("toml", "toml", "python", "toml", "python"),
        *("toml", "python"),  # of `writeback_notify`: a plugin of its own
    ]
    project, manifest, code, transforms, more = (text for _, text in blocks[:5])
    ((name, package),) = tomllib.loads(project)["project"]["entry-points"][
        hookspecs.ENTRY_POINT_GROUP
    ].items()
    folder = tmp_path / package
    folder.mkdir()
    (folder / "__init__.py").write_text(f"{code}\n\n{more}", encoding="utf-8")
    (folder / "connector.toml").write_text(f"{manifest}\n{transforms}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    host = allowed_host([EntryPoint(name, package, hookspecs.ENTRY_POINT_GROUP)])
    assert host.connector(name).id == host.manifest(name).id == "acme"
    transform = Transforms(host).find("acme.vat").transform
    assert transform.apply(" 123 456 789 ", "DE") == "DE123456789"
    assert isinstance(transform, Inverts)
    assert transform.invert("DE123456789", "DE") == "123456789"
    assert transform.apply("none", "DE") == Reason("value.not_text")
