"""Every code that our source can raise or give as a reason has a sentence in the help catalogue."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.trees import APP, ROOT, sources

CATALOGUE = ROOT / "resources" / "help" / "errors.toml"
CODE = re.compile(r"^[a-z][a-z0-9_]*\.[A-Za-z][A-Za-z0-9_]*$")
CARRIERS = ("Reason", "Result", "CheckLine", "refusal", "about")
KEYWORDS = ("code", "reason", "stop_code")


def _codes(path: Path) -> set[str]:
    """Give the codes that stand in one file as text: raised, answered with, or handed on as a reason."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = node.args[:3] if name.endswith("Error") or name in CARRIERS else []
        given += [word.value for word in node.keywords if word.arg in KEYWORDS]
        parts = [one.value for part in given for one in ast.walk(part) if isinstance(one, ast.Constant)]
        found |= {text.casefold() for text in parts if isinstance(text, str) and CODE.match(text)}
    return found


def _catalogue() -> dict[str, dict[str, str]]:
    areas = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    return {f"{area}.{name}": entry for area, codes in areas.items() for name, entry in codes.items()}


def test_the_search_for_codes_finds_them() -> None:
    assert {"plugin.manifest_unreadable", "plugin.manifest_invalid"} == _codes(APP / "sdk" / "manifest.py")
    assert {"plugin.too_new", "plugin.duplicate"} < _codes(APP / "host" / "finding.py")
    assert _codes(APP / "host" / "trusting.py") == {
        "plugin.off",
        "plugin.blocked",
        "plugin.not_allowed",
        "plugin.changed",
    }


@pytest.mark.parametrize("package", ["app", "plugins"])
def test_every_code_has_a_sentence(package: str) -> None:
    known = set(_catalogue())
    areas = {code.partition(".")[0] for code in known if code.endswith(".other")}
    missing = {
        code: path.relative_to(ROOT).as_posix()
        for path in sources()
        if path.is_relative_to(ROOT / package)
        for code in _codes(path)
        # a connector's codes may be answered by its area; our own each have words of their own
        if code not in known and not (package == "plugins" and code.partition(".")[0] in areas)
    }
    assert missing == {}


def test_every_sentence_says_what_happened_and_what_to_do() -> None:
    allowed = {"happened", "advice", "unchanged", "title"}
    for code, entry in _catalogue().items():
        assert {"happened", "advice"} <= set(entry) <= allowed, code
        assert all(text.strip() for text in entry.values()), code
