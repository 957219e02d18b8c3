"""Puts like answers together: equal ones, then near ones; stubs and empty ones apart.

    answers ─▶ normal form ─▶ equal ─▶ the same formulas, numbers and negations ─▶ near by n-grams

Two answers are as far apart as their sentence that has no near one in the other: a sentence more, or one
that says something else, is not made up for by the rest. Whatever the slider says, answers whose formulas,
numbers or negations differ never come together: a sign or a "not" is a few letters, and all the difference.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from examiner.desk.formulas import with_fingerprints

TIGHT, LOOSE = 0.3, 0.6  # how far two answers of a group may be apart, as cosine distance
EMPTY, STUB = "empty", "stub"

_FORMULA = re.compile(r"⟨[^⟩]*⟩")
_RAW_MATH = re.compile(r"\$[^$\n]+\$|\\[A-Za-z]+|[^\s⟨⟩]*(?:[=+/^_<>|]|\w[*(])[^\s⟨⟩]*|(?<=\s)-(?=\s)")
_NUMBER = re.compile(r"(?<![\w⟨])[+-]?\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_KEPT = re.compile(r"[^\w⟨⟩=<>+/^%$\\-]+")
_EMPHASIS = re.compile(
    r"(?<!\w)[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}(?!\w)|^\s*(?:#{1,6}|>|[-*+])\s+", re.MULTILINE
)
_TURNING_WORDS = (
    "not no never none nor neither without cannot isn't don't doesn't won't can't aren't wasn't didn't "
    "nothing unless only always more less fewer most least higher lower larger smaller greater bigger "
    "increase increases decrease decreases increasing decreasing rise rises rising fall falls falling "
    "grow grows shrink shrinks up down above below over under positive negative plus minus before after "
    "first last true false right wrong same different equal unequal independent dependent correlated "
    "uncorrelated maximum minimum maximise minimise maximize minimize convex concave upper training test "
    "validation left within outside"
)
_STUB_WORDS = (
    "todo tbd idk na none nothing skip skipped pass dunno help sorry later same yes no maybe see above "
    "below answer here your"
)
_TURNING, _STUBS = frozenset(_TURNING_WORDS.split()), frozenset(_STUB_WORDS.split())
_GIVING_UP = re.compile(
    r"(?:i )?(?:really )?(?:do not|don't|dont|didn't|did not) (?:know|understand|get)"
    r"(?: (?:it|this|that|how|why|the answer))*"
    r"|no (?:idea|clue|time|answer|answer yet)|ran out of time|not (?:done|finished|sure)(?: yet)?|i give up"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_FEW_WORDS = 3
_ROWS = 500  # of the matrix of all sentences, at once


@dataclass(frozen=True)
class Answer:
    """What a student wrote under a question; `extras` tells pictures apart, which have no words."""

    id: str
    text: str
    extras: str = ""


@dataclass(frozen=True)
class Normal:
    """An answer in the form by which it is compared: its sentences, what must be the same, its kind."""

    sentences: tuple[str, ...]
    signature: Hashable
    kind: str = ""
    has_pictures: bool = False

    @property
    def text(self) -> str:
        """All of its words; answers of one text are equal."""
        return " ".join(self.sentences)


def normal(answer: Answer, *, short_is_fine: bool = False) -> Normal:
    """Return the normal form of an answer; `short_is_fine` where the model answer itself is a word or two."""
    read = unicodedata.normalize("NFKC", with_fingerprints(answer.text))
    read = _CAPITALS.sub(lambda found: found[0].lower(), _EMPHASIS.sub(" ", read)).replace("’", "'")
    told = [_words(sentence) for sentence in _SENTENCE.split(read)]
    sentences = tuple(filter(None, [*told, answer.extras]))
    words = _WORD.findall(_FORMULA.sub(" ", read))
    signature = (
        tuple(sorted(_FORMULA.findall(read))),
        tuple(_RAW_MATH.findall(_FORMULA.sub(" ", read))),  # in order: nobody knows what it means
        tuple(sorted(_NUMBER.findall(_FORMULA.sub(" ", read)))),
        tuple(sorted(Counter(word for word in words if word in _TURNING).items())),
        answer.extras,
    )
    kind = _kind(read, words, answer, short_is_fine=short_is_fine)
    return Normal(sentences, signature, kind, bool(answer.extras))


def _words(sentence: str) -> str:
    return " ".join(_KEPT.sub(" ", sentence.replace("'", "\x00")).replace("\x00", "'").split())


def _kind(read: str, words: Sequence[str], answer: Answer, *, short_is_fine: bool) -> str:
    if not answer.extras and not re.search(r"\w", read):
        return EMPTY
    if answer.extras or _FORMULA.search(read) or _RAW_MATH.search(read):
        return ""
    told = " ".join(words).lower().removesuffix(" sorry").removeprefix("sorry ")
    if _GIVING_UP.fullmatch(told) or (words and set(words) <= _STUBS):
        return STUB
    is_short = len(words) < _FEW_WORDS and not _NUMBER.search(read)
    return STUB if is_short and not short_is_fine else ""


class Likeness:
    """How near the answers to a question are to one another; what is computed once serves each slider."""

    def __init__(self, answers: Iterable[Answer], *, short_is_fine: bool = False):
        self.normals = {each.id: normal(each, short_is_fine=short_is_fine) for each in answers}

    @cached_property
    def _texts(self) -> dict[str, Normal]:
        """The different texts, in order."""
        found = {each.text: each for each in self.normals.values() if not each.kind}
        return dict(sorted(found.items()))

    @cached_property
    def _vectors(self) -> dict[str, Any]:
        """The vector of each different sentence."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # takes a second to import

        sentences = sorted({sentence for each in self._texts.values() for sentence in each.sentences})
        counts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)
        return dict(zip(sentences, counts.fit_transform(sentences), strict=True))

    def groups(self, distance: float) -> dict[str, str]:
        """Return the name of each answer's group, by the answers' ids; no two of one are farther apart."""
        near = self._near(min(max(distance, 0.0), LOOSE))
        return {
            id: each.kind or near.get(each.text, "") or _hash(each.text) for id, each in self.normals.items()
        }

    def _near(self, distance: float) -> Mapping[str, str]:
        """Return the group of each text that is near to another one."""
        blocks: dict[Hashable, list[str]] = defaultdict(list)
        for text, each in self._texts.items():
            blocks[each.signature].append(text)
        found: dict[str, str] = {}
        if distance > 0:
            for texts in blocks.values():
                found |= self._clusters(texts, distance) if len(texts) > 1 else {}
        return found

    def _clusters(self, texts: list[str], distance: float) -> dict[str, str]:
        from sklearn.cluster import AgglomerativeClustering

        joined = AgglomerativeClustering(
            n_clusters=None, distance_threshold=distance, metric="precomputed", linkage="complete"
        ).fit_predict(self._distances(texts))
        together: dict[int, list[str]] = defaultdict(list)
        for text, cluster in zip(texts, joined, strict=True):
            together[cluster].append(text)
        return {text: _hash(alike[0]) for alike in together.values() for text in alike}

    def _distances(self, texts: list[str]) -> Any:
        """Return how far each two texts are apart: as the sentence farthest from all of the other."""
        sentences = [sentence for text in texts for sentence in self._texts[text].sentences]
        begins = np.cumsum([0, *(len(self._texts[text].sentences) for text in texts[:-1])])
        vectors = sparse.vstack([self._vectors[sentence] for sentence in sentences]).tocsr()
        nearest = np.vstack(
            [
                np.maximum.reduceat((vectors[row : row + _ROWS] @ vectors.T).toarray(), begins, axis=1)
                for row in range(0, len(sentences), _ROWS)
            ]
        )
        alike = np.minimum.reduceat(nearest, begins, axis=0)
        return np.clip(1 - np.minimum(alike, alike.T), 0, None)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
