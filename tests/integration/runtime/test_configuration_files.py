"""A workspace's configuration as a file, from a sandbox to production: what differs, what is imported."""

import json
from collections import abc
from contextlib import ExitStack
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from tests.doubles.four_crms import CrmRoom, crm_room
from writeback.cli.application import run as command
from writeback.errors import ConfigurationError
from writeback.model.attributes import Attribute, Option
from writeback.model.configurations import ConfigDiff, ConfigItem, Deed, ItemKind
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping, ReferenceMode
from writeback.model.schedules import Cadence, Schedule
from writeback.model.types import AttributeType
from writeback.runtime import calls
from writeback.runtime.config_files import read
from writeback.runtime.facade import ConnectionWish, IntegrationWish
from writeback.runtime.facade.people import RoleWish
from writeback.runtime.runtime import Runtime, new_id
from writeback.settings import load
from writeback.store import schedules

LEVEL = Attribute(
    "account", "level", "Level", AttributeType.LIST, (Option("gold", "Gold"), Option("silver", "Silver"))
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[CrmRoom]:
    with crm_room(tmp_path_factory.mktemp("sandbox"), "hubspot", rows=6) as room:
        runtime = room.runtime
        runtime.add_attribute(LEVEL, act=new_id())
        runtime.add_role(RoleWish("Success Manager"), act=new_id())
        runtime.map_role(
            "success_manager",
            room.integration.id,
            "hubspot_owner_id",
            write_back=True,
            reference_mode=ReferenceMode.REPOINT,
            act=new_id(),
        )
        runtime.save_segment("Golden", 'level = "gold"', author="ana", act=new_id())
        nightly = Schedule(Cadence.DAILY, zone="Europe/Berlin", at=time(3, 30))
        runtime.schedule_pulls(room.integration.id, nightly, act=new_id())
        runtime.set_guard_limits("", (("rows", 250.0), ("approval", None)), act=new_id())
        yield room


@pytest.fixture
def text(sandbox: CrmRoom) -> str:
    return sandbox.runtime.told.configuration_text()


@pytest.fixture
def production(sandbox: CrmRoom, tmp_path: Path) -> abc.Iterator[Runtime]:
    """Another workspace, connected to the same product under another name, with nothing mapped."""
    with ExitStack() as stack:
        runtime = stack.enter_context(
            Runtime.open(tmp_path / "p.writeback", settings=load(), create=True, author="ana")
        )
        runtime.connect(
            ConnectionWish(
                "Live", "hubspot", endpoint=sandbox.running.url, token_file=str(sandbox.folder / "token")
            ),
            act=new_id(),
        )
        yield runtime


def diff_of(runtime: Runtime, text: str, *pairs: tuple[str, str]) -> ConfigDiff:
    return runtime.compare_configuration(text, name="c.json", pairs=pairs)


def item(diff: ConfigDiff, kind: ItemKind, title: str) -> ConfigItem:
    return next(one for one in diff.items if one.kind is kind and one.title == title)


def imported(runtime: Runtime, text: str, diff: ConfigDiff, *kinds: ItemKind) -> list[str]:
    ticked = tuple(one.id for one in diff.doing() if one.kind in (kinds or (ItemKind.SEGMENT,)))
    made = runtime.import_configuration(text, name="c.json", ticked=ticked, author="ana", act=new_id())
    assert made.refused == ()
    assert Path(made.backup).is_file()
    return list(made.done)


def test_no_secret_no_person_and_no_record_is_in_the_file(sandbox: CrmRoom, text: str) -> None:
    names = [one.id for one in sandbox.runtime.told.records("account", limit=9).records]
    for word in (sandbox.running.token, "token", sandbox.running.url, *names):
        assert word not in text
    assert read(text, name="c.json").integrations[0].connector == "hubspot"


def test_what_is_imported_is_what_was_exported_but_writes_nothing(
    sandbox: CrmRoom, production: Runtime, text: str
) -> None:
    diff = diff_of(production, text)
    assert diff.pairings[0].target == "Live"  # the only connection to that product
    assert not [one for one in diff.items if one.deed is Deed.BLOCKED]
    plain = calls.answer_to_plain("compare_configuration", diff)  # as the window is told through the pipe
    assert calls.answer_from_plain("compare_configuration", plain) == diff
    kinds = tuple(kind for kind in ItemKind if kind is not ItemKind.WRITE_BACK)
    imported(production, text, diff, *kinds)
    again = diff_of(production, text)
    assert {one.kind for one in again.doing()} == {ItemKind.WRITE_BACK}  # nobody ticked that
    (made,) = production.told.integrations()
    theirs = sandbox.runtime.told.integrations()[0]
    assert not any(one.write_back for one in made.mappings)
    assert {replace(one, write_back=False) for one in theirs.mappings} == set(made.mappings)
    imported(production, text, again, ItemKind.WRITE_BACK)
    assert diff_of(production, text).doing() == ()
    assert production.told.integrations()[0].mappings == theirs.mappings
    assert [one.attribute for one in production.roles()] == ["success_manager"]
    assert read(production.told.configuration_text(), name="p").attributes == read(text, name="s").attributes


def test_a_schedule_comes_paused_and_its_change_is_shown(
    sandbox: CrmRoom, production: Runtime, text: str
) -> None:
    diff = diff_of(production, text)
    part = item(diff, ItemKind.SCHEDULE, sandbox.integration.object)
    assert (part.deed, part.changes) == (
        Deed.ADD, (("schedule", "", "every day at 03:30 (Europe/Berlin)"),),
    )  # fmt: skip
    assert "schedule" in " ".join(imported(production, text, diff, ItemKind.SCHEDULE))
    (made,) = production.told.integrations()
    with production.workspace.reading() as db:
        found = schedules.get(db, made.id)
        assert schedules.next_moment(db) is None, "nothing begins before somebody lets it"
    assert found.is_paused
    assert found.schedule == Schedule(Cadence.DAILY, zone="Europe/Berlin", at=time(3, 30))
    production.resume_schedule(made.id, act=new_id())
    assert item(diff_of(production, text), ItemKind.SCHEDULE, part.title).deed is Deed.SAME
    production.schedule_pulls(made.id, Schedule(Cadence.HOURLY), act=new_id())
    part = item(diff_of(production, text), ItemKind.SCHEDULE, part.title)
    assert (part.deed, len(part.changes)) == (Deed.CHANGE, 1)
    broken = text.replace('"cadence": "daily"', '"cadence": "sometimes"')
    assert broken != text
    with pytest.raises(ConfigurationError, match=r"config\.unreadable"):
        diff_of(production, broken)


def test_a_ticked_part_brings_what_it_needs_and_leaves_the_rest(production: Runtime, text: str) -> None:
    diff = diff_of(production, text)
    done = imported(production, text, diff, ItemKind.SEGMENT)
    assert sorted(done) == ["attribute:account.level", "segment:golden"]
    assert [one.name for one in production.told.attributes("account")] == ["level"]
    assert production.told.integrations() == ()


def test_what_differs_is_told_and_nothing_that_is_only_here_goes(production: Runtime, text: str) -> None:
    own = replace(LEVEL, title="Rank", options=(Option("bronze", "Bronze"), Option("gold", "Gold")))
    production.add_attribute(own, act=new_id())
    production.add_attribute(replace(LEVEL, name="mine"), act=new_id())
    diff = diff_of(production, text)
    level = item(diff, ItemKind.ATTRIBUTE, "Level")
    assert level.deed is Deed.CHANGE
    assert level.changes == (("title", "Rank", "Level"), ("options", "Bronze, Gold", "Gold, Silver, Bronze"))
    assert (ItemKind.ATTRIBUTE, "account.mine") in diff.only_here
    production.import_configuration(text, name="c.json", ticked=(level.id,), act=new_id())
    kept = {one.name: one for one in production.told.attributes("account")}
    assert [one.value for one in kept["level"].options] == ["gold", "silver", "bronze"]
    assert "mine" in kept


def test_what_cannot_be_imported_says_why(sandbox: CrmRoom, production: Runtime, text: str) -> None:
    told = json.loads(text)
    told["integrations"][0]["fields"] += [
        {"path": "no_such_field", "attribute": "level"},
        {"path": "city", "attribute": "nobody_has_it"},
    ]
    told["segments"].append({"name": "Lost", "entity": "account", "text": "nobody_has_it is blank"})
    other = {**told["integrations"][0], "connection": "Elsewhere", "connector": "zoho"}
    told["integrations"].append(other)
    production.add_attribute(replace(LEVEL, kind=AttributeType.TEXT, options=()), act=new_id())
    diff = diff_of(production, json.dumps(told))
    codes = {one.title: one.reason.code for one in diff.items if one.reason is not None}
    assert codes["Level"] == "config.other_type"
    assert codes["no_such_field"] == "config.no_field"
    assert codes["city"] == "config.attribute_missing"
    assert codes["Lost"].startswith("segment.")
    lost = [one for one in diff.items if one.where.startswith("Elsewhere")]
    assert [one.reason.code for one in lost if one.reason] == ["config.no_connection"]


def test_a_connection_of_the_same_name_to_another_crm_is_said(production: Runtime, text: str) -> None:
    told = json.loads(text)
    told["integrations"][0] |= {"connection": "Live", "connector": "zoho"}
    diff = diff_of(production, json.dumps(told))
    (lost,) = [one for one in diff.items if one.kind is ItemKind.INTEGRATION]
    assert lost.reason is not None
    assert lost.reason.code == "config.other_crm"


def test_a_person_may_say_that_no_connection_is_meant(production: Runtime, text: str) -> None:
    diff = diff_of(production, text, ("C", ""))
    assert [one.kind for one in diff.items if one.deed is Deed.BLOCKED] == [ItemKind.INTEGRATION]


def test_rules_of_a_mapping_that_is_here_are_changed_and_its_write_back_stays(
    sandbox: CrmRoom, production: Runtime, text: str
) -> None:
    told = read(text, name="c.json")
    one = next(each for each in told.integrations[0].mappings if each.write_back)
    production.add_integration(IntegrationWish("Live", "companies"), act=new_id())
    integration = production.told.integrations()[0].id
    mine = FieldMapping(FieldPath.parse(str(one.path)), one.attribute, conflict_rule=ConflictRule.CRM)
    production.map_fields(integration, (replace(mine, write_back=True),), act=new_id())
    diff = diff_of(production, text)
    changed = item(diff, ItemKind.MAPPING, str(one.path))
    assert ("conflict_rule", "crm", "ask") in changed.changes
    production.import_configuration(text, name="c.json", ticked=(changed.id,), act=new_id())
    found = production.told.integrations()[0].mapping_of(one.attribute)
    assert found is not None
    assert (found.conflict_rule, found.write_back) == (ConflictRule.ASK, True)


def test_a_field_that_takes_another_attribute_writes_only_where_that_was_ticked(
    production: Runtime, text: str
) -> None:
    told = read(text, name="c.json")
    one = next(
        each
        for each in told.integrations[0].mappings
        if each.write_back and ("account", each.attribute) not in told.roles
    )
    production.add_integration(IntegrationWish("Live", "companies"), act=new_id())
    integration = production.told.integrations()[0].id
    production.add_attribute(replace(LEVEL, name="own", kind=AttributeType.TEXT, options=()), act=new_id())
    mine = FieldMapping(FieldPath.parse(str(one.path)), "own", write_back=True)
    production.map_fields(integration, (mine,), act=new_id())
    diff = diff_of(production, text)
    changed = item(diff, ItemKind.MAPPING, str(one.path))
    production.import_configuration(text, name="c.json", ticked=(changed.id,), act=new_id())
    found = production.told.integrations()[0].mapping_of(one.attribute)
    assert found is not None
    assert not found.write_back
    again = diff_of(production, text)
    imported(production, text, again, ItemKind.WRITE_BACK)
    found = production.told.integrations()[0].mapping_of(one.attribute)
    assert found is not None
    assert found.write_back


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": 2}, "config.too_new"),
        ({"version": True}, "config.too_new"),
        ({"format": "other"}, "config.unreadable"),
        ({"secrets": []}, "config.unreadable"),
        ({"limits": {"rowz": 3}}, "config.unreadable"),
        (
            {"attributes": [{"entity": "account", "name": "x", "title": "X", "kind": "nope"}]},
            "config.unreadable",
        ),
        ({"segments": [{"name": "A", "entity": "account", "text": "x"}] * 2}, "config.unreadable"),
    ],
)
def test_a_file_that_is_none_is_refused_and_says_where(text: str, change: object, code: str) -> None:
    told = json.loads(text) | change  # type: ignore[operator]  dictionaries
    with pytest.raises(ConfigurationError) as caught:
        read(json.dumps(told), name="c.json")
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["", "[", "[]", "null", '{"format": 1}', "x" * 10])
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"config\.unreadable"):
        read(text, name="c.json")


def test_the_commands_export_tell_and_import(
    sandbox: CrmRoom, production: Runtime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "c.json")

    def said(workspace: Path, *arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = command(["--workspace", str(workspace), "config", *arguments])
        return code, capsys.readouterr().out

    here = production.workspace.path
    assert said(sandbox.runtime.workspace.path, "export", file)[0] == 0
    code, out = said(here, "diff", file, "--json")
    assert code == 0
    assert {one["deed"] for one in json.loads(out)["parts"]} == {"add", "same", "change"}
    assert said(here, "import", file)[0] == 2  # nobody can be asked
    code, out = said(here, "import", file, "--yes", "--json")
    assert code == 0
    told = json.loads(out)
    assert Path(told["backup"]).is_file()
    assert not [one for one in told["imported"] if one.startswith("write_back:")]
    assert said(here, "diff", str(tmp_path / "none.json"))[0] == 2
    assert said(here, "import", file, "--only", "segment:nobody", "--yes")[0] == 2
