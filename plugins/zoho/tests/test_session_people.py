"""Who records can belong to: the org's users, inactive ones too."""

from plugins.zoho.tests.talking import talking

from writeback.model.people import PersonKind


def test_users_are_told_with_what_finds_them() -> None:
    with talking(10) as talk:
        found = [user for page in talk.session.read_people() for user in page]
        assert {one.kind for one in found} == {PersonKind.PERSON}
        assert [one.title for one in found if not one.is_active] == ["Rasmus Lefèvre", "Nils Andersson"]
        (users,) = talk.session.people_objects()
        told = talk.session.find(users.object, by=users.key_field, values=[user.id for user in found])
        assert [told[user.id][0].is_active for user in found] == [user.is_active for user in found]
