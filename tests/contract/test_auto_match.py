"""Automatic matches over the described objects of every bundled connector, against a labelled list.

Nine of ten labels must be found, and no match may tie a field to an attribute that cannot hold its values.
"""

import tomllib
from pathlib import Path

import pytest

from tests.architecture.trees import CONNECTORS
from writeback.host import Host
from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType
from writeback.planning.matching import match_fields
from writeback.runtime.facade import ConnectionWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.simulating import SimulatorWish, start_simulator
from writeback.settings import load

LABELS = tomllib.loads((Path(__file__).parent / "auto_match.toml").read_text("utf-8"))
BUNDLED = [package.name.removeprefix("writeback_") for package in CONNECTORS]
RIGHT_SHARE = 0.9
NUMBERS = {AttributeType.INTEGER, AttributeType.NUMBER, AttributeType.CURRENCY}
EXACT = {AttributeType.BOOLEAN, AttributeType.DATE, AttributeType.DATETIME, AttributeType.MULTI_LIST}


def test_every_bundled_connector_has_labels() -> None:
    assert set(LABELS["objects"]) == set(BUNDLED)


@pytest.mark.parametrize("name", BUNDLED)
def test_nine_of_ten_fields_find_their_attribute_and_none_a_wrong_type(name: str, tmp_path: Path) -> None:
    attributes = [
        Attribute("account", own, facts["title"], AttributeType(facts["type"]))
        for own, facts in LABELS["attributes"].items()
    ]
    proposals = {one.name: one.fields for one in Host().manifest(name).objects}
    right: list[str] = []
    wrong: list[str] = []
    with (
        start_simulator(SimulatorWish(name, rows=5)) as simulator,
        Runtime.open(tmp_path / "w.writeback", settings=load({}), create=True) as runtime,
    ):
        token = tmp_path / "token"
        token.touch(mode=0o600)
        token.write_text(simulator.token)
        wish = ConnectionWish(name, name, endpoint=simulator.url, token_file=str(token))
        runtime.connect(wish, act="a1")
        for object_name, labels in LABELS["objects"][name].items():
            description = runtime.describe(name, object_name)
            matches = match_fields(description, attributes, proposed=proposals.get(object_name, ()))
            found = {match.attribute: match for match in matches if match.reason != "new_attribute"}
            for attribute, path in labels.items():
                match = found.get(attribute)
                is_right = match is not None and match.path == path
                told = f"{object_name}: {attribute} → {path}, found {match.path if match else None}"
                (right if is_right else wrong).append(told)
            kinds = {one.name: one.kind for one in attributes}
            for match in found.values():
                field = description.field(match.path)
                if field is not None:
                    assert _fits(field.kind, kinds[match.attribute]), match
    share = len(right) / (len(right) + len(wrong))
    print(f"{name}: {len(right)} of {len(right) + len(wrong)} right; wrong: {wrong}")
    assert share >= RIGHT_SHARE, wrong


def _fits(field: AttributeType | None, attribute: AttributeType) -> bool:
    """Hold a match against the plainest reading of the types, written anew."""
    if field in NUMBERS or attribute in NUMBERS:
        return field in NUMBERS and attribute in NUMBERS
    return field is attribute or (field not in EXACT and attribute not in EXACT)
