"""What front ends ask about people and roles, in-process and through the pipe."""

import pytest

from tests.integration.runtime.conftest import Place
from writeback.errors import ConfigurationError, MappingError
from writeback.model.integrations import ReferenceMode
from writeback.runtime.facade import Facade, IntegrationWish
from writeback.runtime.facade.people import RoleWish


@pytest.fixture
def ready(facade: Facade, place: Place) -> Facade:
    facade.connect(place.wish(), act="connect")
    facade.add_integration(IntegrationWish("Northwind", "Account"), act="account")
    facade.pull_people("Northwind", act="people")
    return facade


def test_the_directory_travels_whole(ready: Facade) -> None:
    view = ready.people()
    assert [(one.connection, one.users) for one in view.sources] == [("Northwind", 43)]
    (doubtful,) = [one for one in view.people if one.matches[0].state == "ambiguous"]
    chosen = doubtful.matches[0].candidates[0]
    made = ready.match_person(doubtful.id, "Northwind", user=chosen.id, author="ana", act="match")
    again = ready.match_person(doubtful.id, "Northwind", user=chosen.id, author="ana", act="match")
    assert made == again  # the same act twice is one act
    assert made.matches[0].user == chosen
    assert made.matches[0].decided_at is not None


def test_a_role_tells_where_it_may_stand_and_what_writing_it_does(ready: Facade) -> None:
    ready.add_role(RoleWish("Success Manager"), act="role")
    fields = {(one.path, one.reference_mode): one.lock for one in ready.role_fields("i1")}
    assert fields["OwnerId", ReferenceMode.REPOINT] is None
    assert fields["Owner.Email", ReferenceMode.EDIT_TARGET] is None
    assert fields["LastModifiedById", ReferenceMode.REPOINT] is not None
    told = ready.role_consequence("i1", "OwnerId")
    assert told.record
    assert told.person
    assert told.records
    with pytest.raises(MappingError, match=r"role\.not_people"):
        ready.role_consequence("i1", "Industry")
    made = ready.map_role(
        "Success Manager", "i1", "OwnerId", write_back=True, reference_mode=ReferenceMode.REPOINT, act="map"
    )
    assert made.mappings[0].column == "OwnerId"
    with pytest.raises(ConfigurationError, match=r"role\.exists"):
        ready.add_role(RoleWish("Success Manager"), act="again")


def test_a_choice_is_made_listed_and_forgotten(ready: Facade) -> None:
    found = ready.reference_candidates("Northwind", ("User",), "bruno fischer", search="bruno")
    assert [one.title for one in found] == ["Bruno Fischer"]
    made = ready.choose_reference(
        "Northwind", ("User",), "b.f@old.test", target=found[0].id, author="ana", act="choose"
    )
    assert ready.reference_choices() == (made,)
    assert ready.forget_choice("Northwind", "User", " B.F@old.test ", act="forget")
    assert ready.reference_choices() == ()
