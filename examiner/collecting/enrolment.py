"""Decides who in a platform's export is whom, and what the roster is after it.

    people in an export ─▶ known by number, account or e-mail? ─▶ by a name that is theirs alone? ─▶ or new

Whoever is on the roster keeps the name of their folder for the whole course. What cannot be decided is asked,
and then nothing is changed. Nothing is read or written here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from examiner.collecting.exports import Listed, PlatformExport, names_of
from examiner.collecting.people import NEW, as_folder, plain
from examiner.collecting.platforms import ACCOUNT, E_MAIL, FOLDER, MOODLE, SCHOOL_ID
from examiner.errors import BadExport
from examiner.gradebook.roster import Identity, Member

_FEW = 3  # so many people on the roster say nothing of whether this is the right course
_PREFERRED = (SCHOOL_ID, ACCOUNT, E_MAIL)  # what tells namesakes' folders apart, after the platform's number


@dataclass(frozen=True)
class Enrolment:
    """The roster after an export: members by folder, who is new or renamed, and who needs a person."""

    members: Mapping[str, Member]
    folders: Mapping[int, str]  # the student of each row of the export
    new: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()  # marked as departed, but in the export
    namesakes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def enrol(
    export: PlatformExport,
    members: Mapping[str, Member],
    on_disk: Collection[str] = (),
    answers: Iterable[str] = (),
    *,
    is_other_class: bool = False,
) -> Enrolment:
    """Return the roster with what an export says; `on_disk` are the folders that there are.

    An answer names a folder for a number, an account or an e-mail: `81=Ada_Lovelace`, `81=new`. An export in
    which most of the roster is missing is refused, unless `is_other_class` says that it is right.
    """
    merge = _Merge(export, members, on_disk)
    merge.answer(answers)
    merge.find_identities()
    merge.find_names()
    if not is_other_class:
        merge.check_class()
    return merge.result()


def students_of(export: PlatformExport, members: Mapping[str, Member]) -> dict[int, str]:
    """Return the student of each row of an export whose number, account or e-mail is one member's alone."""
    by_identity: dict[tuple[str, str], set[str]] = defaultdict(set)
    for student, member in members.items():
        by_identity[FOLDER, student].add(student)
        for each in member.identities:
            by_identity[each.platform, each.value].add(student)
    students = {}
    for person in export.people:
        found = {
            student
            for each in person.identities
            for student in by_identity.get((each.platform, each.value), ())
        }
        if len(found) == 1:
            students[person.row] = found.pop()
    return students


@dataclass
class _Merge:
    """The decision, step by step; each step leaves those waiting whom it cannot place."""

    export: PlatformExport
    members: Mapping[str, Member]
    on_disk: Collection[str]
    folders: dict[int, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.on_disk = set(self.on_disk)
        self.taken: dict[str, Listed] = {}
        self.by_identity: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for student, member in self.members.items():
            for identity in sorted(member.identities):
                if identity.platform:
                    self.by_identity[identity.platform, identity.value].add(student)
                else:
                    self.by_name[identity.value].append(student)

    @property
    def waiting(self) -> list[Listed]:
        """Those in the export who have no folder yet."""
        return [person for person in self.export.people if person.row not in self.folders]

    def answer(self, answers: Iterable[str]) -> None:
        """Place people as an instructor's answers say."""
        for answer in answers:
            key, _, folder = answer.partition("=")
            asked = [person for person in self.waiting if key in {each.value for each in person.identities}]
            if len(asked) != 1:
                raise BadExport(
                    f"SAME={answer}: {len(asked)} people in this export have the number or e-mail {key!r}, "
                    "expected one"
                )
            if folder == NEW:
                self._make_folder(asked[0], is_shared=True)
            elif folder in self.members or folder in self.on_disk:
                self._settle(asked[0], folder)
            else:
                raise BadExport(f"SAME={answer}: there is no student {folder!r}, expected one, or new")

    def find_identities(self) -> None:
        """Place those whose number, account or e-mail is known, or is a folder's name."""
        for person in self.waiting:
            keys = [(each.platform, each.value) for each in person.identities]
            found = {student for key in keys for student in self.by_identity.get(key, ())}
            if not found:
                names = {person.folder} | {each.value for each in person.identities}
                found = {name for name in names if name in self.on_disk or name in self.members}
            if len(found) > 1:
                raise BadExport(
                    f"{self.export.sheet.line(person.row)}: {person.name} has what is known of "
                    f"{' and of '.join(sorted(found))}. Correct the export, or say who it is with "
                    f'SAME="{_key(person)}=folder"'
                )
            if found:
                self._settle(person, found.pop())

    def find_names(self) -> None:
        """Place the others by name, where one person has it here and one there; who has none is new."""
        left = self.waiting
        shared = Counter(plain(person.name) for person in left)
        everybody = Counter(plain(person.name) for person in self.export.people)
        settled = set(self.taken)
        for person in left:
            name = plain(person.name)
            candidates = [each for each in self._candidates(person) if each not in settled]
            if not candidates:
                self._make_folder(person, is_shared=everybody[name] > 1)
            elif len(candidates) == 1 and shared[name] == 1:
                self._settle(person, candidates[0])
            else:
                self.questions.append(
                    f"{_key(person)} ({person.name}): is this the same person as {' or '.join(candidates)}? "
                    f'Answer with SAME="{_key(person)}={candidates[0]}" or SAME="{_key(person)}={NEW}"'
                )

    def check_class(self) -> None:
        """Refuse an export of another course: hardly anybody of the roster is in it."""
        roster = {
            student for student, member in self.members.items() if member.listed and not member.departed
        }
        here = roster & self.taken.keys()
        if len(roster) > _FEW and 2 * len(here) < min(len(roster), len(self.export.people)):
            raise BadExport(
                f"this export lists {len(self.export.people)} people, and only {len(here)} of the "
                f"{len(roster)} on the roster are among them: is it another course's? If it is right, use "
                "NEW=yes"
            )

    def result(self) -> Enrolment:
        """Return the roster as it is now."""
        after = {self.folders[person.row]: self._member(person) for person in self.export.people
                 if person.row in self.folders}  # fmt: skip
        before = {student: self.members.get(student, Member(student)) for student in after}
        return Enrolment(
            members=after,
            folders=self.folders,
            new=tuple(sorted(student for student in after if not before[student].listed)),
            renamed=tuple(
                f"{before[student].name} is now {member.name} ({student})"
                for student, member in after.items()
                if before[student].last_name and before[student].name != member.name
            ),
            missing=tuple(
                student
                for student, member in self.members.items()
                if member.listed and not member.departed and student not in after
            ),
            returned=tuple(sorted(student for student in after if before[student].departed)),
            namesakes=_namesakes(after.values()),
            questions=tuple(self.questions),
        )

    def _candidates(self, person: Listed) -> list[str]:
        """Return the folders of those of that name who may be this person."""
        known = list(dict.fromkeys(each for name in names_of(person) for each in self.by_name[plain(name)]))
        folder = as_folder(person.name)
        if folder and folder in self.on_disk and folder not in self.members:
            known.append(folder)
        return [
            each for each in known if each not in self.members or self._may_be(self.members[each], person)
        ]

    def _may_be(self, member: Member, person: Listed) -> bool:
        """Return whether nothing that is known of a member contradicts that this is the person."""
        told = {(each.platform, each.assignment): each.value for each in person.identities}
        return all(
            told.get((each.platform, each.assignment), each.value) == each.value for each in member.identities
        )

    def _settle(self, person: Listed, student: str) -> None:
        other = self.taken.setdefault(student, person)
        if other is not person:
            raise BadExport(
                f"{self.export.sheet.line(other.row)} and {self.export.sheet.line(person.row)} are both "
                f"{student}: expected one row for each person. Remove the wrong one, or export again"
            )
        self.folders[person.row] = student

    def _make_folder(self, person: Listed, *, is_shared: bool) -> None:
        name = person.folder or as_folder(person.name)
        number = as_folder(_key(person))
        if not person.folder and (is_shared or not name or self._is_taken(name)):
            name = f"{name}_{number}".strip("_")
        free, count = name or "student", 2
        while self._is_taken(free):
            free, count = f"{name}_{count}", count + 1
        self._settle(person, free)

    def _is_taken(self, name: str) -> bool:
        return name in self.members or name in self.on_disk or name in self.taken

    def _member(self, person: Listed) -> Member:
        before = self.members.get(self.folders[person.row], Member(self.folders[person.row]))
        names = (Identity("", plain(name)) for name in names_of(person))
        return replace(
            before,
            first_name=person.first_name if person.name else before.first_name,
            last_name=person.last_name if person.name else before.last_name,
            email=person.email or before.email,
            lms_user_id=before.lms_user_id if _is_worse(self.export, before) else person.lms_user_id,
            listed=True,
            identities=before.identities | set(names) | set(person.identities),
        )


def _is_worse(export: PlatformExport, before: Member) -> bool:
    """Return whether an id stays: what Moodle and a plain table give is no id of the platform's own."""
    return bool(before.lms_user_id) and export.platform in (MOODLE.name, "CSV")


def _key(person: Listed) -> str:
    """Return what names a person in an answer, and tells a namesake's folder apart."""
    kinds = {each.platform: each.value for each in person.identities}
    own = [value for kind, value in kinds.items() if kind not in _PREFERRED]
    return next(iter([*own, *(kinds[kind] for kind in _PREFERRED if kind in kinds), person.name]))


def _namesakes(members: Iterable[Member]) -> tuple[str, ...]:
    by_name: dict[str, list[str]] = defaultdict(list)
    for member in members:
        by_name[plain(member.name)].append(member.student)
    return tuple(
        f"{name}: {', '.join(sorted(students))}" for name, students in by_name.items() if len(students) > 1
    )
