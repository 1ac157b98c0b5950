"""Whose answer a row of a survey is: records by id, e-mail, domain or name.

Must not: keep anything.
"""

from collections import abc
from typing import Final

from writeback.errors import ConfigurationError
from writeback.model.attributes import Attribute
from writeback.model.types import AttributeType, RecordId
from writeback.planning.matching_answers import By, meaning
from writeback.runtime.facade.campaigns import CampaignWish
from writeback.store import campaigns, model
from writeback.store.workspace import Db, Workspace

_USER: Final = "user"


def find_records(
    workspace: Workspace, wish: CampaignWish, keys: abc.Set[str], chosen: abc.Mapping[str, RecordId]
) -> dict[str, set[RecordId]]:
    """Find the records that keys mean; people are followed to their account.

    Args:
        workspace: Where the records are.
        wish: By what they are matched, and whose records are wanted.
        keys: What the file says, as it is compared (`meaning`).
        chosen: Keys of which a person said whom they mean.

    Raises:
        ConfigurationError: Nothing of the entity holds what is matched by.
    """
    with workspace.reading() as db:
        found = _find(db, wish, keys - {*chosen, ""})
    return found | {key: {record} for key, record in chosen.items() if key in keys}


def _find(db: Db, wish: CampaignWish, keys: abc.Set[str]) -> dict[str, set[RecordId]]:
    if wish.by is By.ID:
        return campaigns.rids_by_id(db, wish.entity, keys)
    entities = (wish.entity,) if wish.by is not By.EMAIL else (wish.entity, _USER)
    for entity in dict.fromkeys(entities):
        attributes = model.attributes(db, entity)
        attribute = wish.match or fitting(wish.by, attributes)
        if attribute not in {one.name for one in attributes}:
            continue
        hits = campaigns.rids_by_value(
            db, entity, attribute, meant=lambda text: meaning(text, wish.by), keys=keys
        )
        if entity == wish.entity:
            return hits
        people = {rid for rids in hits.values() for rid in rids}
        home = campaigns.accounts_of(db, entity, people)
        return {key: {home[rid] for rid in rids if rid in home} for key, rids in hits.items()}
    raise ConfigurationError("campaign.no_match_attribute", entity=wish.entity, by=wish.by.value)


def fitting(by: By, attributes: abc.Iterable[Attribute]) -> str:
    """Give the attribute that holds what is matched by: the first of its type, else of that name."""
    kinds = {By.EMAIL: AttributeType.EMAIL, By.DOMAIN: AttributeType.URL}
    names = {By.EMAIL: ("email",), By.DOMAIN: ("website", "domain"), By.VALUE: ("name",)}.get(by, ())
    known = list(attributes)
    typed = [one.name for one in known if one.kind is kinds.get(by)]
    named = [one.name for one in known if one.name.casefold() in names]
    return next(iter((*typed, *named)), "")
