"""Whom a key of a survey's file could mean, for a person to choose from.

Must not: keep anything.
"""

from dataclasses import dataclass
from typing import Final

from writeback.model.types import RecordId
from writeback.planning.matching_answers import By, meaning
from writeback.runtime.facade.campaigns import CampaignWish
from writeback.runtime.reading import Reading

CANDIDATES: Final = 30


@dataclass(frozen=True, slots=True)
class WhomItCouldMean:
    """A record that a key of a file could mean."""

    rid: RecordId
    title: str
    why: str
    """`key`: it fits the key as well as others do · `domain` · `name`."""


def candidates(reads: Reading, wish: CampaignWish, key: str, words: str = "") -> tuple[WhomItCouldMean, ...]:
    """Give the records that a key could mean: those it fits, those of its domain, those called alike.

    Args:
        reads: Where to look.
        wish: By what is matched, and whose records are wanted.
        key: What the file says.
        words: What a person looks for instead; '' takes the key's own words.
    """
    found: dict[RecordId, str] = {}
    if not words:
        for by, why in ((wish.by, "key"), (By.DOMAIN, "domain")):
            for rid in sorted(reads.campaigns.meant(wish, meaning(key, by), by)):
                found.setdefault(rid, why)
    for one in reads.records_named(words or _words(key), CANDIDATES):
        if one.entity == wish.entity:
            found.setdefault(RecordId(one.rid), "name")
    told = [
        WhomItCouldMean(rid, reads.title_of(wish.entity, rid) or rid, why)
        for rid, why in list(found.items())[:CANDIDATES]
    ]
    return tuple(told)


def _words(key: str) -> str:
    """Give what of a key may be a company's name: of an address the name before its ending."""
    host = meaning(key, By.DOMAIN)
    return host.split(".")[-2] if host else key.strip()
