"""Checks on who answers and what there is: org, objects, fields."""

from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import Tier, expect
from writeback.conformance.stages import Stage
from writeback.errors import ConfigurationError, RefusedError
from writeback.model.connections import Environment, Org
from writeback.model.types import AttributeType
from writeback.planning.checking import check_field

TEXTS = (AttributeType.TEXT, AttributeType.LONG_TEXT)
LISTS = (AttributeType.LIST, AttributeType.MULTI_LIST)


@check(Tier.BRONZE)
def org_says_who_it_is(stage: Stage) -> None:
    """`whoami` gives the same org id each time, a name and an environment."""
    first, second = stage.shared.session.whoami(), stage.shared.session.whoami()
    expect(type(first) is Org and first.environment in Environment, f"{first!r} is no Org")
    expect(first.id.strip() and first.name.strip(), "the org has no id or no name")
    expect(first == second, f"{first.id} answered first, then {second.id}")


@check(Tier.BRONZE)
def objects_are_listed_once(stage: Stage) -> None:
    """`objects` lists the probe's object as one that may be read and updated, and no object twice."""
    found = stage.shared.session.objects()
    names = [each.name for each in found]
    expect(len(set(names)) == len(names), "an object is listed twice")
    own = [each for each in found if each.name == stage.shared.name]
    expect(own and own[0].queryable and own[0].updateable, f"{stage.shared.name} may not be updated")


@check(Tier.BRONZE)
def proposed_objects_are_there(stage: Stage) -> None:
    """Of the objects that the manifest proposes some are there, each with its key and with a field to map."""
    listed = {each.name for each in stage.shared.session.objects()}
    there = [proposed for proposed in stage.subject.manifest.objects if proposed.name in listed]
    expect(there, "none of the proposed objects is there")
    for proposed in there:
        described = stage.shared.session.describe(proposed.name)
        expect(described.field(proposed.key) is not None, f"{proposed.name} has no key {proposed.key}")
        missing = [path for path in proposed.fields if "." not in path and not described.field(path)]
        expect(len(missing) < max(1, len(proposed.fields)), f"{proposed.name} has none of {missing}")


@check(Tier.BRONZE)
def object_names_its_key_fields(stage: Stage) -> None:
    """A description names key and name field among its fields, and no field twice."""
    described = stage.shared.describe()
    names = [info.name.casefold() for info in described.fields]
    expect(len(set(names)) == len(names), "a field is described twice")
    key = described.field(described.key_field)
    expect(key is not None and not key.is_updateable, f"the key {described.key_field} may be written")
    expect(described.field(described.name_field) is not None, f"no name field {described.name_field}")


@check(Tier.BRONZE)
def fields_have_their_types(stage: Stage) -> None:
    """Each field of the probe has the type the author says, and may be written."""
    for kind, name in stage.subject.quality.probe.fields.items():
        info = stage.shared.describe().field(name)
        expect(info is not None, f"{name} is not described")
        if info is not None:
            expect(info.kind is kind, f"{name} is described as {info.kind}, not {kind.value}")
            expect(check_field(info) is None, f"{name} may not be written")


@check(Tier.BRONZE)
def read_only_fields_are_marked(stage: Stage) -> None:
    """A field that may not be written says so, and is refused before a call."""
    name = stage.subject.quality.probe.read_only
    if not name:
        raise stage.subject.quality.lacking("read_only")
    info = stage.shared.describe().field(name)
    expect(info is not None, f"{name} is not described")
    if info is not None:
        expect(check_field(info) is not None, f"{name} is described as one that may be written")


@check(Tier.BRONZE)
def texts_tell_their_length(stage: Stage) -> None:
    """A text field tells how many characters it holds."""
    expect(stage.shared.longest() > 0, f"{stage.shared.field(AttributeType.TEXT).name} holds nothing")


@check(Tier.BRONZE)
def lists_tell_their_options(stage: Stage) -> None:
    """A list field tells its options, each value once, with a label."""
    for kind in LISTS:
        if kind in stage.subject.quality.probe.fields:
            info = stage.shared.field(kind)
            values = [option.value for option in info.options]
            expect(values and len(set(values)) == len(values), f"{info.name} has options {values[:5]}")
            expect(all(option.label for option in info.options), f"{info.name} has options without label")


@check(Tier.BRONZE)
def references_tell_where_they_lead(stage: Stage) -> None:
    """A reference field names its relationship and its targets, and is found by the hop of a path."""
    wish = stage.subject.quality.probe.reference
    if wish is None:
        raise stage.subject.quality.lacking("reference")
    info = stage.shared.describe().field(wish.field)
    facts = None if info is None else info.reference
    expect(facts is not None, f"{wish.field} is described as no reference")
    if facts is not None:
        expect(wish.object in facts.targets, f"{wish.field} leads to {facts.targets}, not {wish.object}")
        found = stage.shared.describe().reference(facts.relationship)
        expect(found == info, f"the hop {facts.relationship} leads nowhere")


@check(Tier.BRONZE)
def unknown_object_is_refused_with_a_type(stage: Stage) -> None:
    """An object that is not there is refused with a typed error, by describe and by read."""
    for ask in (stage.shared.session.describe, stage.shared.session.count):
        try:
            ask("Nothing_Of_That_Name")
        except (RefusedError, ConfigurationError):
            continue
        expect(holds=False, found="an unknown object was answered")


CHECKS = checks_in(globals())
