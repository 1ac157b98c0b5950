from tests.unit.planning.crm_facts import ACCOUNT
from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType
from writeback.planning.matching import attribute_name, match_fields


def attribute(name: str, kind: AttributeType = AttributeType.TEXT, title: str = "") -> Attribute:
    return Attribute("account", name, title or name, kind)


def found(
    *attributes: Attribute, taken: tuple[str, ...] = (), proposed: tuple[str, ...] = ()
) -> dict[str, tuple[str, float, str]]:
    matches = match_fields(ACCOUNT, attributes, taken=taken, proposed=proposed)
    return {match.path: (match.attribute, match.confidence, match.reason) for match in matches}


def test_a_field_finds_the_attribute_of_its_name_or_its_label() -> None:
    matches = found(
        attribute("annual_revenue", AttributeType.NUMBER), attribute("branch", AttributeType.LIST)
    )
    assert matches["AnnualRevenue__c"] == ("annual_revenue", 1.0, "same_name")
    assert matches["Industry"] == ("branch", 0.9, "same_label")


def test_a_title_counts_as_a_name() -> None:
    assert found(attribute("a1", title="Industry"))["Industry"][0] == "a1"


def test_a_field_never_finds_an_attribute_that_cannot_hold_its_values() -> None:
    assert found(attribute("name", AttributeType.DATE))["Name"] == ("name", 0.5, "new_attribute")
    assert (
        found(attribute("owner", AttributeType.NUMBER), proposed=("Owner.Email",)).get("Owner.Email") is None
    )


def test_other_words_for_the_same_thing_are_known() -> None:
    matches = found(attribute("revenue", AttributeType.CURRENCY), attribute("sector"))
    assert matches["AnnualRevenue__c"] == ("revenue", 0.8, "same_meaning")
    assert matches["Industry"] == ("sector", 0.8, "same_meaning")


def test_a_reference_matches_by_what_the_connector_reads_of_it() -> None:
    owner, csm = attribute("owner", AttributeType.EMAIL), attribute("csm", AttributeType.USER_REF)
    for one, confidence in ((owner, 0.75), (csm, 0.7)):
        matches = found(one, proposed=("Name", "Owner.Email"))
        assert matches["Owner.Email"] == (one.name, confidence, "related_field")
    assert "Owner.Email" not in found(owner)


def test_a_field_without_an_attribute_proposes_a_new_one_but_a_reference_does_not() -> None:
    matches = found()
    assert matches["AnnualRevenue__c"] == ("annual_revenue", 0.5, "new_attribute")
    assert "OwnerId" not in matches
    assert "Blob" not in matches


def test_an_attribute_is_proposed_once_for_its_best_field() -> None:
    matches = match_fields(ACCOUNT, (attribute("industry", title="Branch"),))
    assert [match.path for match in matches if match.attribute == "industry"] == ["Industry"]
    assert [match.confidence for match in matches] == sorted(
        (match.confidence for match in matches), reverse=True
    )


def test_what_is_mapped_already_is_not_proposed_again() -> None:
    assert "Name" not in found(taken=("Name",))
    assert found(attribute("name"), taken=("name",)).get("Name") is None


def test_a_field_name_becomes_an_attribute_name() -> None:
    names = [attribute_name(name) for name in ("AnnualRevenue__c", "CSMEmail", "9Lives", "__", "x_y")]
    assert names == ["annual_revenue", "csm_email", "f_9_lives", "field", "x_y"]
