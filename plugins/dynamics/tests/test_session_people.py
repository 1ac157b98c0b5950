"""Who rows can belong to: users with their switch, and the teams that may own."""

from plugins.dynamics.tests.talking import talking

from writeback.model.people import PersonKind


def test_users_and_owner_teams_are_told_with_what_finds_them() -> None:
    with talking(10) as talk:
        found = [user for page in talk.session.read_people() for user in page]
        assert sum(one.kind is PersonKind.TEAM for one in found) == 3
        (asked,) = [one.url for one in talk.exchanges if "/teams?" in one.url]
        assert "teamtype%20ne%201" in asked  # an access team owns nothing
        assert [one.title for one in found if not one.is_active] == ["Lars Łukasik"]
        for one in talk.session.people_objects():
            users = [user for user in found if user.object == one.object]
            told = talk.session.find(one.object, by=one.key_field, values=[user.id for user in users])
            assert [told[user.id][0].is_active for user in users] == [user.is_active for user in users]
