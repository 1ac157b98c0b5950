"""The people of a portal who may own records. Must not know the API (`owners`)."""

from dataclasses import dataclass

from writeback_hubspot.simulator import words

Json = dict[str, object]
_MADE_AT = "2024-02-01T09:00:00.000Z"
_FIRST_ID = 71_000_001
_COUNT = 40


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who may own records."""

    id: str
    email: str
    first: str
    last: str
    user_id: int
    is_archived: bool = False
    is_queue: bool = False

    def told(self) -> Json:
        """Show the owner as the API does."""
        told: Json = {
            "id": self.id,
            "email": self.email,
            "type": "QUEUE" if self.is_queue else "PERSON",
            "firstName": self.first,
            "lastName": self.last,
            "userIdIncludingInactive": self.user_id,
            "createdAt": _MADE_AT,
            "updatedAt": _MADE_AT,
            "archived": self.is_archived,
            "teams": [{"id": "88001", "name": "Nordic & Baltic", "primary": True}],
        }
        if not self.is_archived:
            told["userId"] = self.user_id
        return told


def make_owners() -> list[Owner]:
    """Give forty owners: one a queue, two left, and one of these shares its address with a living one."""
    made = []
    for number in range(_COUNT):
        first, last = words.FIRST[number % len(words.FIRST)], words.LAST[number * 3 % len(words.LAST)]
        email = f"owner.{number}@portal.example"
        if number == _COUNT - 1:
            email = "owner.0@portal.example"  # e-mail is not unique over archived owners
        made.append(
            Owner(
                str(_FIRST_ID + number),
                email,
                first,
                last,
                4_200_001 + number,
                is_archived=number >= _COUNT - 2,
                is_queue=number == _COUNT - 3,
            )
        )
    return made
