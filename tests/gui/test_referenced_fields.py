"""Fields behind references that the mapping table offers: named by the CRM, and taken by it."""

from dataclasses import replace

import pytest

from tests.integration.runtime.test_filters_in_every_crm import Crm, crm
from writeback.gui.models.fields import choices_of, describe_each, targets_of, wanted_targets
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.runtime.facade import IntegrationWish

__all__ = ["crm"]  # the fixture


def test_each_is_taken_and_read(crm: Crm) -> None:
    made = crm.runtime.add_integration(IntegrationWish("C", crm.object.name, "account"), act="i1")
    description = crm.runtime.describe("C", made.object)
    related = describe_each(crm.runtime, "C", wanted_targets(targets_of(description)))
    offered = [one for one in choices_of(description, made, related=related.found) if one.hops]
    assert len(offered) >= 2
    assert all(" › " in one.label and one.label.split(" › ")[0] for one in offered)
    owner = [one for one in offered if "owner" in one.path.casefold() and "mail" in one.path.casefold()]
    assert owner, [one.path for one in offered]
    for number, one in enumerate(offered):
        mapping = FieldMapping(FieldPath.parse(one.path), f"a{number}")
        crm.runtime.map_fields(made.id, (mapping,), act=f"m{number}")
    preview = crm.runtime.preview(made.id, limit=5)
    assert preview.rows
    place = offered.index(owner[0])
    assert any("@" in str(row.cells[place].raw or "") for row in preview.rows)


@pytest.mark.parametrize("crm", ["dynamics"], indirect=True)
def test_an_object_that_was_not_described_offers_nothing_made_up(crm: Crm) -> None:
    made = crm.runtime.add_integration(IntegrationWish("C", crm.object.name, "account"), act="i1")
    description = crm.runtime.describe("C", made.object)
    saved = FieldMapping(FieldPath.parse("ownerid.internalemailaddress"), "csm")
    found = choices_of(description, replace(made, mappings=(saved,)), related={})
    assert [one.path for one in found if one.hops] == [str(saved.path)]
