"""Decides which folder holds whose work, and remembers it from the first zip file on.

    people in an archive ─▶ known by number? ─▶ somebody of that name? ─▶ a folder each, or a question

A number decides. A name decides only if no number ever came with it, or if exactly one person on the roster
has that name: the roster is the whole class. Two people may share a name, so otherwise a name alone never
puts work beside or over work that came with a number. If something cannot be proven, `collect` asks, and the
answer is remembered (`memory`). Nothing is read or written here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from examiner.collecting.archive import Who
from examiner.collecting.platforms import (
    ACCOUNT,
    CANVAS,
    E_MAIL,
    FOLDER,
    SCHOOL_ID,
    Numbers,
    is_schools,
    numbers_of,
)
from examiner.errors import NotCollected
from examiner.intake.files import shown_name

NAMES, NEW = "names", "new"  # answers for all who are asked about

_MOST_CHARACTERS = 80  # of a folder's name
_MOST_REMEMBERED = 300  # of a person's name
SHARED = "could belong to several students of that name"
_NO_NAME = "has a name that a folder cannot have"


@dataclass(frozen=True)
class Person:
    """A student: the names under which work came, and each number with the assignments it came for."""

    names: frozenset[str] = frozenset()
    numbers: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    listed: bool = False  # on the roster

    def also(self, who: Who, assignments: Iterable[str]) -> Person:
        """Return the person with what an archive tells of them."""
        names = self.names | {plain(who.name)}
        if not who.number:
            return replace(self, names=names)
        key = who.platform, who.number
        known = self.numbers.get(key, frozenset())
        return replace(self, names=names, numbers={**self.numbers, key: known | frozenset(assignments)})

    def without(self, who: Who) -> Person:
        """Return the person without a number that is another's."""
        key = who.platform, who.number
        return replace(self, numbers={own: told for own, told in self.numbers.items() if own != key})

    def may_be(self, who: Who, assignments: Iterable[str]) -> bool:
        """Return whether somebody of the same name and another number can be this person."""
        told = [here for (platform, _), here in self.numbers.items() if platform == who.platform]
        match numbers_of(who.platform):
            case Numbers.ALWAYS:
                return not told
            case Numbers.EACH_ASSIGNMENT:
                return not any(here & frozenset(assignments) for here in told)
            case Numbers.UNKNOWN:
                return True


@dataclass(frozen=True)
class Question:
    """Somebody who may be one of those that are known: the answer is `key=folder` or `key=new`."""

    key: str
    who: Who
    candidates: tuple[str, ...]

    def __str__(self) -> str:
        """Return who it is, and who it may be."""
        folders = " or ".join(self.candidates)
        return f"{self.key} ({shown_name(self.who.name)}): is this the same person as {folders}?"


@dataclass(frozen=True)
class Decided:
    """A folder for each who is known or new, what is asked or refused, and what is known of people now."""

    people: Mapping[str, Person]
    folders: Mapping[Who, str]
    questions: tuple[Question, ...] = ()
    refused: Mapping[Who, str] = field(default_factory=dict)
    namesakes: tuple[str, ...] = ()


def decide(
    present: Mapping[Who, frozenset[str]],
    people: Mapping[str, Person],
    on_disk: Collection[str],
    answers: Iterable[str] = (),
) -> Decided:
    """Return the folder of each of an archive's people.

    `present` holds the names of the assignments of each, `on_disk` the folders that there are, known or not.
    """
    answers = list(answers)
    decision = _Decision(present, people, on_disk)
    decision.answer([answer for answer in answers if answer not in (NAMES, NEW)])
    decision.find_numbers()
    decision.find_names()
    if NAMES in answers:
        decision.join_by_name()
    if NEW in answers:
        decision.take_for_new()
    return decision.result


class _Decision:
    """The decision on one archive, step by step; each step leaves those `waiting` whom it cannot place."""

    def __init__(
        self, present: Mapping[Who, frozenset[str]], people: Mapping[str, Person], on_disk: Collection[str]
    ):
        self.present = present
        self.people = dict(people)
        self.unknown = set(on_disk) - set(people)  # folders that somebody else made
        self.by_number = {key: folder for folder, person in people.items() for key in person.numbers}
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for folder, person in people.items():
            for name in person.names:
                self.by_name[name].append(folder)
        self.waiting = dict.fromkeys(sorted(present, key=lambda who: (who.platform, who.number, who.name)))
        self.folders: dict[Who, str] = {}
        self.placed: dict[str, list[Who]] = defaultdict(list)
        self.questions: dict[Who, Question] = {}
        self.refused: dict[Who, str] = {}
        self.namesakes: list[str] = []

    @property
    def result(self) -> Decided:
        """What has been decided so far."""
        asked = tuple(self.questions.values())
        return Decided(self.people, self.folders, asked, self.refused, tuple(self.namesakes))

    def answer(self, answers: Iterable[str]) -> None:
        """Place people as an instructor's answers say."""
        for answer in answers:
            key, _, folder = answer.partition("=")
            asked = [who for who in self.waiting if key_of(who) == key]
            if len(asked) != 1:
                found = "more than one person" if asked else "nobody"
                raise NotCollected(f"SAME={answer}: {found} in this zip file has the number or name {key!r}")
            if folder == NEW:
                self._make_folders(asked)
            elif folder in self.unknown or folder in self.people:
                self._settle(asked[0], folder)
            else:
                raise NotCollected(f"SAME={answer}: there is no student's folder {folder!r} in submitted/")

    def find_numbers(self) -> None:
        """Place people who have a number, by that number: first the known ones, who then are nobody else."""
        numbered = [who for who in self.waiting if who.number]
        for who in numbered:
            self._find_known(who)
        left = [who for who in numbered if who in self.waiting and who not in self.questions]
        for who, folder in self._proven_by_roster(left).items():
            self._settle(who, folder)
        left = [who for who in left if who in self.waiting]
        self._make_folders([who for who in left if not self._ask(who, self._candidates(who))])

    def find_names(self) -> None:
        """Place people who have only a name."""
        named = [who for who in self.waiting if not who.number]
        for who, folder in self._proven_by_roster(named).items():
            self._settle(who, folder)
        named = [who for who in named if who in self.waiting]
        shared = Counter(as_folder(who.name) for who in named)
        new = []
        for who in named:
            candidates = self._candidates(who)
            if shared[as_folder(who.name)] > 1:
                self._refuse(who, SHARED)
            elif len(candidates) == 1 and self._goes_by_name(candidates[0], who):
                self._settle(who, candidates[0])
            elif not self._ask(who, candidates):
                new.append(who)
        self._make_folders(new)

    def join_by_name(self) -> None:
        """Take each person for the known one of that name, unless two people claim to be that one."""
        claims = Counter(folder for question in self.questions.values() for folder in question.candidates)
        for who, question in list(self.questions.items()):
            names_one = len(question.candidates) == 1 and claims[question.candidates[0]] == 1
            if names_one and list(question.candidates) == self._candidates(who):
                self._settle(who, question.candidates[0])

    def take_for_new(self) -> None:
        """Take everybody about whom there is still a question for somebody new."""
        self._make_folders(list(self.questions))

    def _find_known(self, who: Who) -> None:
        """Place somebody whose number came before; under another name it is asked whether that is so."""
        known = self.by_number.get((who.platform, who.number)) or self._known_to_school(who)
        if known and not self._is_sure(known, who):
            self._ask(who, [known])
        elif known:
            self._settle(who, known)
        elif _numbered(who) in self.unknown and _numbered(who) != as_folder(who.name):
            self._settle(who, _numbered(who))

    def _known_to_school(self, who: Who) -> str | None:
        """Return the folder of somebody whose account, e-mail or ID another platform has told."""
        if who.platform and not is_schools(who.platform):
            return None
        said = who.number or who.name  # folders that people and git name are often called like accounts
        keys = [(kind, said) for kind in (ACCOUNT, SCHOOL_ID, FOLDER)]
        keys.append((E_MAIL, said.casefold()))
        found = {self.by_number[key] for key in keys if key in self.by_number}
        return found.pop() if len(found) == 1 else None

    def _is_sure(self, folder: str, who: Who) -> bool:
        """Return whether a number is enough without the name: on the roster, where it is always one's own."""
        person = self.people[folder]
        sure = numbers_of(who.platform) is not Numbers.UNKNOWN
        return plain(who.name) in person.names or (person.listed and sure)

    def _proven_by_roster(self, waiting: list[Who]) -> dict[Who, str]:
        """Return the folders of those whose name or account is that of one on the roster, claimed once."""
        claims = {}
        for who in waiting:
            account = self._known_to_school(who)
            candidates = [account] if account else self._candidates(who)
            person = self.people.get(candidates[0]) if len(candidates) == 1 else None
            is_named = person and (plain(who.name) in person.names or who.name == candidates[0])
            if person and person.listed and (account or is_named):
                claims[who] = candidates[0]
        claimed = Counter(claims.values())
        return {who: folder for who, folder in claims.items() if claimed[folder] == 1}

    def _candidates(self, who: Who) -> list[str]:
        """Return the folders of those of that name who may be the same person."""
        folder = as_folder(who.name)
        found = dict.fromkeys(self.by_name.get(plain(who.name), []))
        found |= {folder: None} if folder in self.people else {}
        here = [known for known in found if self.people[known].may_be(who, self.present[who])]
        return [*here, folder] if folder in self.unknown else here

    def _goes_by_name(self, folder: str, who: Who) -> bool:
        person = self.people.get(folder)
        return person is None or (not person.numbers and plain(who.name) in person.names)

    def _ask(self, who: Who, candidates: list[str]) -> bool:
        """Ask about somebody, if there is anybody whom they may be."""
        if candidates:
            self.questions[who] = Question(key_of(who), who, tuple(candidates))
        return bool(candidates)

    def _settle(self, who: Who, folder: str) -> None:
        """Give somebody a folder, and know them by it from now on."""
        if any(self.present[other] & self.present[who] for other in self.placed[folder]):
            self._refuse(
                who, f"would go to submitted/{folder}, where another student's work of this zip file goes"
            )
            return
        if who.number:
            before = self.by_number.get((who.platform, who.number), folder)
            if before != folder:
                self.people[before] = self.people[before].without(who)
            self.by_number[who.platform, who.number] = folder
        self.people[folder] = self.people.get(folder, Person()).also(who, self.present[who])
        self.by_name[plain(who.name)] = list(dict.fromkeys([*self.by_name[plain(who.name)], folder]))
        self.unknown.discard(folder)
        self.folders[who] = folder
        self.placed[folder].append(who)
        self._done(who)

    def _refuse(self, who: Who, reason: str) -> None:
        self.refused[who] = reason
        self._done(who)

    def _done(self, who: Who) -> None:
        self.waiting.pop(who)
        self.questions.pop(who, None)

    def _make_folders(self, new: Iterable[Who]) -> None:
        """Give new people folders by their names; those who share one get their numbers added."""
        new = list(new)
        shared = Counter(as_folder(who.name) for who in new)
        for who in new:
            name = as_folder(who.name)
            known = name in self.people or name in self.unknown or self.by_name.get(plain(who.name))
            is_one_of_several = shared[name] > 1 or bool(known)
            with_number = is_one_of_several or not name or who.platform == CANVAS.name
            folder = self._free(_numbered(who) if with_number else name)
            if not folder:
                self._refuse(who, _NO_NAME)
                continue
            self._settle(who, folder)
            self.namesakes += [folder] if is_one_of_several else []

    def _free(self, name: str) -> str:
        """Return a name that no folder has, as like to this one as can be."""
        free, number = name, 2
        while free in self.unknown or free in self.people:
            free, number = f"{name}_{number}", number + 1
        return free


def distinguish(people: Iterable[Who]) -> dict[Who, Who]:
    """Return each of an archive's people as they can be known, without those who cannot.

    A number that came with several names is no person's: then there is the name alone.
    """
    everyone = set(people)
    names = Counter((who.platform, who.number) for who in everyone if who.number)
    known = {who: Who(who.name) if names[who.platform, who.number] > 1 else who for who in everyone}
    claims = Counter(known.values())
    return {who: same for who, same in known.items() if claims[same] == 1}


def key_of(who: Who) -> str:
    """Return the key that names somebody in an answer; it is safe to type."""
    return as_folder(who.number) or as_folder(who.name)


def plain(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return " ".join(unicodedata.normalize("NFC", name).split())[:_MOST_REMEMBERED]


def as_folder(name: str) -> str:
    """Return the folder's name that a person's name makes, or an empty text where there is none."""
    return re.sub(r"[^\w.@-]+", "_", unicodedata.normalize("NFC", name))[:_MOST_CHARACTERS].strip("._-")


def _numbered(who: Who) -> str:
    if not who.number or who.number == who.name:
        return as_folder(who.name)
    end = f"_{as_folder(who.number)}"
    return (as_folder(who.name)[: _MOST_CHARACTERS - len(end)] + end).strip("._-")
