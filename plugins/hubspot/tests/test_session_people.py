"""Who records can belong to: owners, archived ones too, of whom some are queues."""

from plugins.hubspot.tests.talking import talking

from writeback.model.people import PersonKind


def test_owners_are_told_afresh_with_what_finds_them() -> None:
    with talking(10) as talk:
        found = [user for page in talk.session.read_people() for user in page]
        assert len(found) == 40
        assert sum(one.kind is PersonKind.QUEUE for one in found) == 1
        assert sum(not one.is_active for one in found) == 2
        (owners,) = talk.session.people_objects()
        told = talk.session.find(owners.object, by=owners.key_field, values=[user.id for user in found])
        assert [told[user.id][0].is_active for user in found] == [user.is_active for user in found]
        before = len(talk.exchanges)
        list(talk.session.read_people())
        assert len(talk.exchanges) > before  # asked again: somebody may be new
