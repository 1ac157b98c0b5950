"""The languages of the window: complete catalogues, plural forms, formats of the person's own."""

import importlib.util
import re
import sys
import tomllib
from collections import abc
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QLocale

from tests.architecture.trees import ROOT
from writeback.gui.i18n import JOB_WORDS, absolute, day, use_locale
from writeback.gui.translating import LANGUAGES, language_of, tr, use_language
from writeback.model.jobs import JobState
from writeback.runtime.sentences import UNKNOWN, catalogue, sentence_of
from writeback.runtime.wording import say, speak_language, spoken

PLACE = re.compile(r"\{\w+\}|%n")
HELP = ROOT / "resources" / "help"


@pytest.fixture(scope="module")
def catalogues() -> ModuleType:
    spec = importlib.util.spec_from_file_location("languages", ROOT / "packaging" / "languages.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["languages"] = made  # its dataclass asks for its module
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def texts(catalogues: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = catalogues.all_texts()
    return found


@pytest.fixture
def german() -> abc.Iterator[None]:
    before = QLocale().name()
    use_locale("de_DE")
    use_language("de")
    yield
    use_language("en")
    use_locale(before)


def places(text: str) -> list[str]:
    return sorted(set(PLACE.findall(text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_other(
    catalogues: ModuleType, texts: dict[str, Any], language: str
) -> None:
    wanted = {one for one, text in texts.items() if text.counts or language != "en"}
    kept = catalogues.read(catalogues.LANGUAGES / f"{language}.ts")
    missing = sorted(one for one in wanted if not all(kept.get(one, ("",))))
    assert missing == [], "translate them: python packaging/languages.py puts them into the catalogue"
    assert sorted(set(kept) - wanted) == [], "nobody shows them any more: python packaging/languages.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_text(
    catalogues: ModuleType, texts: dict[str, Any], language: str
) -> None:
    wrong = [
        (source, form)
        for source, forms in catalogues.read(catalogues.LANGUAGES / f"{language}.ts").items()
        for form in forms
        if places(form) != places(source) or (form[:1] == " ") != (source[:1] == " ")
    ]
    assert wrong == []
    counted = {source for source, text in texts.items() if text.counts}
    assert [one for one in counted if "%n" not in one] == []


def sentences(name: str) -> dict[tuple[str, str, str], str]:
    told = tomllib.loads((HELP / name).read_text("utf-8"))
    return {
        (area, code, part): text
        for area, codes in told.items()
        for code, parts in codes.items()
        for part, text in parts.items()
    }


def test_every_sentence_about_an_error_is_german_too() -> None:
    english, german = sentences("errors.toml"), sentences("errors.de.toml")
    assert sorted(set(english) - set(german)) == []
    assert sorted(set(german) - set(english)) == []
    assert [one for one, text in english.items() if places(text) != places(german[one])] == []
    same = [
        one
        for one, text in english.items()
        if german[one] == text and re.search(r"[a-z]{3}", PLACE.sub("", text))
    ]
    assert same == []


def test_a_sentence_is_translated_whole_and_then_filled(german: None) -> None:
    assert tr("%n pending edits", 1) == "1 ausstehende Änderung"
    assert tr("%n pending edits", 12_345) == "12.345 ausstehende Änderungen"
    assert tr("Job {job}", job="{name} %n") == "Job {name} %n", (
        "what fills a place is never read as text of ours"
    )
    assert tr("nobody translated this") == "nobody translated this"
    assert JOB_WORDS[JobState.DONE] == "Fertig"
    assert dict(JOB_WORDS)[JobState.PAUSED] == "Angehalten"


def test_english_has_its_plurals() -> None:
    use_language("en")
    assert [tr("%n conflicts wait", n) for n in (0, 1, 2)] == [
        "0 conflicts wait",
        "1 conflict waits",
        "2 conflicts wait",
    ]


def test_an_error_speaks_the_persons_language(german: None) -> None:
    told = sentence_of("workspace.busy", {"path": "a.writeback", "waited_s": "5"})
    assert told.happened == "Ein anderer Prozess hält a.writeback länger als 5 s."
    assert sentence_of("attribute.bad_name", {"name": "x y"}).unchanged == "Nichts wurde geändert."
    assert sentence_of("nobody.knows_this").title == "Etwas hat noch keine Erklärung"
    use_language("en")
    assert sentence_of("nobody.knows_this") == UNKNOWN
    assert catalogue(language="xx") == {}


def test_formats_follow_the_persons_settings(german: None) -> None:
    from datetime import UTC, date, datetime

    assert day(date(2026, 3, 7)) == "7. März 2026"
    use_locale("en_US")
    assert day(date(2026, 3, 7)) == "Mar 7, 2026"
    use_locale("en_GB")
    assert re.fullmatch(r"7 Mar 2026, \d\d:\d\d", absolute(datetime(2026, 3, 7, 12, 5, tzinfo=UTC)))


def test_a_wish_for_a_language_is_met_or_english() -> None:
    assert [language_of(one) for one in ("de", "en", "fr", "")] == ["de", "en", "en", "en"]
    assert language_of("system") in LANGUAGES


def test_a_process_without_qt_speaks_too() -> None:
    speak_language("de")
    assert say("%n requests", 1_234) == "1.234 Anfragen"
    assert spoken().number(0.5) == "0,5"
    speak_language("en")
    assert say("%n requests", 1_234) == "1,234 requests"


def test_the_catalogues_lie_with_the_program() -> None:
    assert {one.stem for one in (ROOT / "resources" / "languages").glob("*.ts")} == set(LANGUAGES)
    assert not list(Path(ROOT / "resources").rglob("*.qm")), "no generated file stands in the repository"
