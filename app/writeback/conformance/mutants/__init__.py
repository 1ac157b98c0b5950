"""Faulty connectors: each shows that some checks can fail. The table *check → mutant* is made of them."""

from typing import Final

from writeback.conformance.mutants import creators, failures, packages, readers, uploaders, writers
from writeback.conformance.mutants.making import Mutant

MUTANTS: Final[tuple[Mutant, ...]] = (
    *packages.MUTANTS,
    *readers.MUTANTS,
    *writers.MUTANTS,
    *creators.MUTANTS,
    *failures.MUTANTS,
    *uploaders.MUTANTS,
)

__all__ = ["MUTANTS", "Mutant"]
