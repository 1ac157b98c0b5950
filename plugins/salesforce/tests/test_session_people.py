"""Who records can belong to: users with their switch, and of the groups the queues alone."""

from plugins.salesforce.tests.talking import talking

from writeback.model.people import PersonKind


def test_users_and_queues_are_told_with_what_finds_them() -> None:
    with talking(10) as talk:
        talk.running.crm.edit("Group", "00G5fSim0000001EBA", {"Type": "Regular"})
        found = [user for page in talk.session.read_people() for user in page]
        assert {one.kind for one in found} == {PersonKind.PERSON, PersonKind.QUEUE}
        assert [one.title for one in found if one.kind is PersonKind.QUEUE] == [
            "Inbound Leads",
            "Renewals Desk",
        ]
        assert [one.title for one in found if not one.is_active] == ["Oskar Nakamura"]
        for one in talk.session.people_objects():
            users = [user for user in found if user.object == one.object]
            told = talk.session.find(one.object, by=one.key_field, values=[user.id for user in users])
            assert [told[user.id][0].is_active for user in users] == [user.is_active for user in users]
