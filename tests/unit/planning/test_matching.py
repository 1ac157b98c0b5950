from tests.unit.planning.crm_facts import ACCOUNT
from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType
from writeback.planning.matching import attribute_name, match_fields


def attribute(name: str, kind: AttributeType = AttributeType.TEXT, title: str = "") -> Attribute:
    return Attribute("account", name, title or name, kind)


def found(*attributes: Attribute, taken: tuple[str, ...] = ()) -> dict[str, tuple[str, float, str]]:
    matches = match_fields(ACCOUNT, attributes, taken=taken)
    return {match.path: (match.attribute, match.confidence, match.reason) for match in matches}


def test_a_field_finds_the_attribute_of_its_name_or_its_label() -> None:
    matches = found(
        attribute("annual_revenue", AttributeType.NUMBER), attribute("branch", AttributeType.LIST)
    )
    assert matches["AnnualRevenue__c"] == ("annual_revenue", 1.0, "same_name")
    assert matches["Industry"] == ("branch", 0.9, "same_label")


def test_a_title_counts_as_a_name() -> None:
    assert found(attribute("a1", title="Industry"))["Industry"][0] == "a1"


def test_another_type_lowers_the_confidence() -> None:
    assert found(attribute("name", AttributeType.DATE))["Name"] == ("name", 0.8, "same_name")


def test_a_reference_matches_by_what_people_read_of_it() -> None:
    assert found(attribute("owner", AttributeType.EMAIL))["Owner.Email"] == ("owner", 0.7, "related_field")


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
