"""Mutants of what lies in the package: source, facts, form, icon, quality file."""

import shutil
from collections import abc
from dataclasses import replace
from pathlib import Path
from typing import Any

from writeback.conformance.mutants.making import Methods, Mutant, spoilt, subject_mutant
from writeback.conformance.quality import Owner
from writeback.conformance.subjects import Subject
from writeback.sdk.connector import OAuthApp, SignsInByBrowser
from writeback.sdk.manifest import Ability, FormField

SVG_SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def source_mutant(name: str, *breaks: str, file: str, text: str) -> Mutant:
    """Make a mutant whose package has a text added to one of its files (or the file, where it has none)."""

    def make(subject: Subject, folder: Path) -> Subject:
        source = folder / subject.package
        shutil.copytree(subject.source, source, ignore=shutil.ignore_patterns("__pycache__"))
        place = source / file
        place.parent.mkdir(parents=True, exist_ok=True)
        before = place.read_text("utf-8") if place.exists() else ""
        place.write_text(before + "\n" + text.replace("PACKAGE", subject.package), "utf-8")
        return replace(subject, source=source)

    return Mutant(name, breaks, make)


def _newer_contract(subject: Subject) -> Subject:
    data = subject.manifest_bytes.replace(b"\napi = 1", b"\napi = 99")
    return replace(subject, manifest_bytes=data)


def _manifest(**changes: Any) -> abc.Callable[[Subject], Subject]:  # noqa: ANN401  fields of a model
    return lambda subject: replace(subject, manifest=subject.manifest.model_copy(update=changes))


def _claims_more(subject: Subject) -> Subject:
    missing = next(ability for ability in Ability if ability not in subject.manifest.abilities)
    return _manifest(abilities=(*subject.manifest.abilities, missing))(subject)


def _form(name: str, field: FormField) -> abc.Callable[[Subject], Subject]:
    def change(subject: Subject) -> Subject:
        first, *others = subject.manifest.auth
        form = first.form.model_copy(update={"properties": {**first.form.properties, name: field}})
        return _manifest(auth=(first.model_copy(update={"form": form}), *others))(subject)

    return change


def _scripted_icon(subject: Subject, folder: Path) -> Subject:
    source = folder / subject.package
    shutil.copytree(subject.source, source, ignore=shutil.ignore_patterns("__pycache__"))
    (source / "icons").mkdir(exist_ok=True)
    (source / "icons" / "mutant.svg").write_text(SVG_SCRIPT, "utf-8")
    return replace(_manifest(icon="icons/mutant.svg")(subject), source=source)


def _renamed(subject: Subject) -> Subject:
    connector = spoilt(subject.connector, lambda _kind: {})
    connector.id = "somebody_else"
    return replace(subject, connector=connector)


def _elsewhere(subject: Subject) -> Subject:
    if not isinstance(subject.connector, SignsInByBrowser):
        return subject
    app = OAuthApp("https://elsewhere.example/a", "https://elsewhere.example/t", "x", "", (0,), "/")

    def methods(_kind: type) -> Methods:
        return {"oauth_app": lambda _self, _form: app}

    return replace(subject, connector=spoilt(subject.connector, methods))


def _nobody(subject: Subject) -> Subject:
    return replace(subject, quality=subject.quality.model_copy(update={"owner": Owner()}))


def _proposes_another_key(subject: Subject) -> Subject:
    first, *others = subject.manifest.objects
    return _manifest(objects=(first.model_copy(update={"key": "Nothing_Of_That_Name"}), *others))(subject)


MUTANTS = (
    subject_mutant("newer_contract", "packaging.manifest_is_sound", change=_newer_contract),
    subject_mutant("renamed", "packaging.id_is_the_connectors", change=_renamed),
    subject_mutant("claims_more", "packaging.abilities_are_claimed_and_implemented", change=_claims_more),
    source_mutant(
        "heavy_import", "packaging.import_loads_nothing_heavy", file="__init__.py", text="import requests\n"
    ),
    source_mutant(
        "noisy_import", "packaging.import_does_nothing", file="__init__.py", text="print('hello')\n"
    ),
    source_mutant(
        "uses_the_engine",
        "packaging.source_keeps_to_the_door",
        file="extra.py",
        text="from writeback.engine import pushing\n",
    ),
    source_mutant(
        "opens_sockets", "packaging.source_opens_no_socket", file="extra.py", text="import socket\n"
    ),
    source_mutant(
        "sharing_simulator",
        "packaging.simulator_shares_no_code",
        file="simulator/extra.py",
        text="from PACKAGE import connector\n",
    ),
    source_mutant(
        "untyped",
        "packaging.source_is_typed_throughout",
        file="extra.py",
        text="def give(it):\n    return it\n",
    ),
    subject_mutant(
        "odd_default", "packaging.form_can_be_drawn", change=_form("odd", FormField(title="Odd", default=5))
    ),
    subject_mutant(
        "shows_a_secret",
        "packaging.form_asks_for_no_secret",
        change=_form("client_secret", FormField(title="Client secret")),
    ),
    subject_mutant("signs_in_elsewhere", "packaging.sign_in_stays_on_declared_hosts", change=_elsewhere),
    Mutant("scripted_icon", ("packaging.icon_is_a_plain_picture",), _scripted_icon),
    source_mutant(
        "speechless",
        "packaging.error_codes_have_words",
        file="sentences.toml",
        text='speechless = { happened = "It happened." }\n',
    ),
    subject_mutant("owned_by_nobody", "packaging.owner_is_named", change=_nobody),
    subject_mutant(
        "proposes_another_key", "describing.proposed_objects_are_there", change=_proposes_another_key
    ),
)
