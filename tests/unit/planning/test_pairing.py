"""Who of a CRM's users is which team member: by id, e-mail, name, and never by a guess."""

from dataclasses import dataclass

import pytest

from writeback.model.people import MatchedBy, Person, PersonKind
from writeback.planning.pairing import Directory, Pairing, pair, pick

ANA = Person("ana@acme.test", "Ana Diaz", "ana@acme.test")
BEA = Person("bea@acme.test", "Bea Okafor", "bea@acme.test")
SUPPORT = Person("queue:support", "Support", kind=PersonKind.QUEUE)


@dataclass(frozen=True)
class User:
    id: str
    title: str
    email: str = ""
    is_active: bool = True
    kind: PersonKind = PersonKind.PERSON
    object: str = "User"


def paired(*users: User, persons: tuple[Person, ...] = (ANA, BEA, SUPPORT)) -> dict[str, Pairing]:
    return {one.user[1]: one for one in pair(users, Directory.of(persons))}


def test_the_e_mail_decides_whatever_the_name_and_case() -> None:
    found = paired(User("1", "Bea Okafor", "ANA@acme.test"))["1"]
    assert (found.person, found.how) == (ANA, MatchedBy.EMAIL)


def test_the_name_decides_where_nobody_has_the_e_mail() -> None:
    found = paired(User("1", "  bea   OKAFOR", "b.okafor@other.test"))["1"]
    assert (found.person, found.how) == (BEA, MatchedBy.NAME)


def test_the_same_user_of_the_same_org_comes_first() -> None:
    user = User("1", "Somebody", "ana@acme.test")
    (found,) = pair([user], Directory.of((ANA, BEA)), same={("User", "1"): BEA.id})
    assert (found.person, found.how) == (BEA, MatchedBy.ID)


def test_two_users_of_one_e_mail_are_nobodys() -> None:
    found = paired(User("1", "A", "ana@acme.test"), User("2", "B", "ana@acme.test"))
    assert [(one.person, one.is_ambiguous) for one in found.values()] == [(None, True), (None, True)]


def test_two_users_of_one_e_mail_that_is_new_make_one_member_without_a_user() -> None:
    found = paired(User("1", "A", "x@acme.test"), User("2", "B", "X@acme.test"))
    members = [one.person for one in found.values() if one.person is not None]
    assert [(one.id, one.name) for one in members] == [("x@acme.test", "x@acme.test")]
    assert all(one.how is None and one.is_ambiguous for one in found.values())


def test_an_inactive_namesake_makes_no_doubt() -> None:
    found = paired(User("1", "A", "ana@acme.test"), User("2", "B", "ana@acme.test", is_active=False))
    assert found["1"].person == ANA
    assert (found["2"].person, found["2"].is_ambiguous) == (None, False)


def test_somebody_inactive_is_matched_where_nobody_else_is_meant() -> None:
    assert paired(User("1", "A", "ana@acme.test", is_active=False))["1"].person == ANA


def test_two_members_of_one_name_are_not_guessed_between() -> None:
    twin = Person("twin@acme.test", "Ana Diaz", "twin@acme.test")
    found = paired(User("1", "Ana Diaz", "a@other.test"), persons=(ANA, twin))["1"]
    assert (found.person, found.is_ambiguous) == (None, True)


def test_two_users_of_one_name_are_not_guessed_between() -> None:
    found = paired(User("1", "Ana Diaz", "a@other.test"), User("2", "Ana Diaz", "b@other.test"))
    assert [(one.person, one.is_ambiguous) for one in found.values()] == [(None, True), (None, True)]


def test_a_team_of_one_crm_is_a_queue_of_another_and_never_a_person() -> None:
    team = User("t", "support", kind=PersonKind.TEAM, object="team")
    person = User("p", "Support", "s@acme.test")
    found = paired(team, person)
    assert found["t"].person == SUPPORT
    assert found["p"].person is not None
    assert found["p"].person.id == "s@acme.test"


def test_a_member_has_one_user_in_a_crm() -> None:
    directory = Directory.of((ANA,), here=(ANA.id,))
    (found,) = pair([User("2", "Else", "ana@acme.test")], directory)
    assert (found.person, found.is_ambiguous) == (None, True)


def test_who_is_matched_is_left_alone() -> None:
    assert pair([User("1", "A", "ana@acme.test")], Directory.of((ANA,)), matched={("User", "1")}) == []


@pytest.mark.parametrize(
    ("user", "made"),
    [
        (User("1", "Zoe", "Zoe@Acme.Test"), "zoe@acme.test"),
        (User("1", "Zoë  Öz"), "person:zoë-öz"),
        (User("1", "Nordic & Co", "shared@acme.test", kind=PersonKind.TEAM), "team:nordic-co"),
    ],
)
def test_what_a_new_member_is_called_by(user: User, made: str) -> None:
    found = paired(user)["1"]
    assert found.person is not None
    assert (found.person.id, found.how, found.is_new) == (made, MatchedBy.OWN, True)


def test_two_teams_without_a_word_in_their_names_differ() -> None:
    teams = [User(str(n), "!?", kind=PersonKind.TEAM, object=f"team{n}") for n in range(2)]
    found = [one.person.id for one in pair(teams, Directory.of(())) if one.person is not None]
    assert found == ["team:nobody", "team:nobody-2"]


def test_a_person_is_named_by_id_e_mail_or_name() -> None:
    everyone = (ANA, BEA, Person("twin@acme.test", "ana diaz", "other@acme.test"))
    assert pick(everyone, " ANA@acme.test ") == (ANA,)
    assert pick(everyone, "other@acme.test")[0].id == "twin@acme.test"
    assert len(pick(everyone, "Ana Diaz")) == 2
    assert pick(everyone, "") == ()
