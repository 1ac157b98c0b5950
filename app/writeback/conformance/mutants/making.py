"""How a mutant is made: a healthy connector with one thing spoilt, by replacing a method of a copy.

A mutant shows that a check can fail. It works on any healthy connector, so that an author can see the
checks fail on the own one as well.
"""

import copy
from collections import abc
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from writeback.conformance.subjects import Subject
from writeback.sdk.connector import Access, Session

Make = abc.Callable[[Subject, Path], Subject]
"""Makes the mutant of a subject; the folder is empty and its own."""
Methods = abc.Mapping[str, abc.Callable[..., Any]]
Spoil = abc.Callable[[type], Methods]
"""Gives the methods that replace those of a class; each takes `self` first."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One faulty connector and the checks that have to notice it."""

    name: str
    breaks: tuple[str, ...]
    make: Make


def spoilt(thing: T, spoil: Spoil) -> T:
    """Give a copy of an object with methods replaced; its class still has every other one."""
    kind = type(thing)
    made = copy.copy(thing)
    made.__class__ = type(f"Spoilt{kind.__name__}", (kind,), {"__slots__": (), **spoil(kind)})
    return made


def session_mutant(name: str, *breaks: str, spoil: Spoil) -> Mutant:
    """Make a mutant whose sessions have methods replaced."""

    def make(subject: Subject, _folder: Path) -> Subject:
        def methods(kind: type) -> Methods:
            return {"open": lambda self, access: spoilt(kind.open(self, access), spoil)}  # type: ignore[attr-defined]  # a Connector

        return replace(subject, connector=spoilt(subject.connector, methods))

    return Mutant(name, breaks, make)


def access_mutant(name: str, *breaks: str, change: abc.Callable[[Access], Access]) -> Mutant:
    """Make a mutant that is handed something else than the host hands."""

    def make(subject: Subject, _folder: Path) -> Subject:
        def methods(kind: type) -> Methods:
            def open_(self: object, access: Access) -> Session:
                session: Session = kind.open(self, change(access))  # type: ignore[attr-defined]  # a Connector
                return session

            return {"open": open_}

        return replace(subject, connector=spoilt(subject.connector, methods))

    return Mutant(name, breaks, make)


def subject_mutant(name: str, *breaks: str, change: abc.Callable[[Subject], Subject]) -> Mutant:
    """Make a mutant of facts, not of behaviour."""
    return Mutant(name, breaks, lambda subject, _folder: change(subject))
