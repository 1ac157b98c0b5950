"""Whom an unmatched team member could be: by e-mail, its part before the @, and the name; nobody twice."""

import pytest

from writeback.planning.proposing_people import CONFIDENCE, Known, propose


def known(name: str, *emails: str, key: str = "", is_person: bool = True) -> Known:
    return Known(key or name, name, emails, is_person)


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        (known("Ana", "ana.ferrer@acme.test"), known("A. Ferrer", "ANA.Ferrer@acme.test "), "email"),
        (known("Ana", "ana.ferrer@acme.test"), known("x", "ana.ferrer+crm@acme.io"), "alias"),
        (known("Zoë Bär", "z@a.test"), known("zoë  bär", "other@a.test"), "name"),
        (known("Zoë Bär", ""), known("Bar, Zoe", ""), "turned"),
        (known("Jörg Groß", ""), known("Gross Jorg", ""), "turned"),
        (known("Robert Smith", ""), known("R. Smith", ""), "initial"),
        (known("Ana", "hr@acme.test"), known("Ben", "hr@other.test"), ""),
        (known("Ana", ""), known("Anabel", ""), ""),
        (known("Ana Ferrer", ""), known("Ben Ferrer", ""), ""),
        (known("Support", "", is_person=False), known("Support", ""), ""),
    ],
)
def test_by_what_two_resemble_each_other(ours: Known, theirs: Known, reason: str) -> None:
    told = propose([ours], [theirs])
    assert [one.reason for one in told] == ([reason] if reason else [])
    assert all(one.confidence == CONFIDENCE[reason] < 0.95 for one in told)


def test_the_surest_comes_first_and_nobody_is_given_twice() -> None:
    ana, robert = known("Ana Ferrer", "ana.ferrer@a.test"), known("Robert Smith", "")
    users = [
        known("A. Ferrer", key="u1"),
        known("x", "ana.ferrer@b.test", key="u2"),
        known("R. Smith", key="u3"),
    ]
    told = propose([robert, ana], users)
    assert [(one.person, one.user, one.reason) for one in told] == [
        ("Ana Ferrer", "u2", "alias"),
        ("Robert Smith", "u3", "initial"),
    ]


def test_what_fits_two_alike_is_left_to_a_person() -> None:
    assert propose([known("Robert Smith"), known("Rosa Smith")], [known("R. Smith", key="u1")]) == ()
    assert propose([known("Ana B")], [known("B Ana", key="u1"), known("B, Ana", key="u2")]) == ()
