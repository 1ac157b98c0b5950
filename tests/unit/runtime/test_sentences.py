"""Every code has its words: what happened, what did not change, what to do."""

import ast
import re
from functools import cache
from pathlib import Path

from writeback.runtime.sentences import catalogue, sentence_of

CODE = re.compile(r"^[a-z][a-z0-9_]*\.[A-Za-z][A-Za-z0-9_]*$")
CARRIERS = ("Reason", "Result", "CheckLine", "refusal", "about")


@cache
def codes_of(path: Path) -> set[str]:
    """Give the codes that a module raises or answers with."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [*node.args[:3]] if name.endswith("Error") or name in CARRIERS else []
        given += [word.value for word in node.keywords if word.arg in ("code", "stop_code")]
        for part in given:
            found |= {
                one.value
                for one in ast.walk(part)
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and CODE.match(one.value)
            }
    return found


def sources(root: Path) -> list[Path]:
    bases = [root / "app/writeback", *(root / "plugins").glob("*/writeback_*")]
    return [path for base in bases for path in base.rglob("*.py") if "simulator" not in path.parts]


def test_no_code_is_without_advice(root: Path) -> None:
    known = catalogue()
    missing = {
        f"{code} ({path.relative_to(root)})"
        for path in sources(root)
        for code in codes_of(path)
        if code.casefold() not in known and f"{code.partition('.')[0]}.other" not in known
    }
    assert missing == set()


def test_the_search_for_codes_finds_them(root: Path) -> None:
    found = set().union(*(codes_of(path) for path in sources(root)))
    assert {"workspace.damaged", "value.required", "write_back.off", "guard.org_name"} <= found


def test_a_sentence_is_whole_and_quiet() -> None:
    """One test for all: a thousand of their own would spend their time on being set up."""
    loud = re.compile(r"!|\bplease\b|successfully|error occurred|\b(OK|REPOINT|EDIT_TARGET)\b")
    guilty = {
        f"{code}: {part}"
        for code, told in catalogue().items()
        for part in (told.happened, told.unchanged, told.advice)
        if part[-1] not in ".…}" or loud.search(part)
    }
    assert guilty == set()
    assert len(catalogue()) > 500


def test_facts_are_put_in_literally_and_shortened() -> None:
    told = sentence_of("connection.unknown", {"name": "{name} <b>" + "x" * 1000})
    assert "{name} <b>" in told.happened
    assert len(told.happened) < 400


def test_a_code_of_a_crm_is_found_whatever_its_case() -> None:
    assert sentence_of("salesforce.STRING_TOO_LONG") == sentence_of("salesforce.string_too_long")
    assert sentence_of("salesforce.SOMETHING_NEW").advice == catalogue()["salesforce.other"].advice


def test_an_unknown_code_still_gets_a_whole_answer() -> None:
    told = sentence_of("nobody.knows")
    assert told.happened
    assert told.advice
