"""Guesses the items of an answer from those that people have marked: what a page may begin with, no more.

    answers marked by people ─▶ a kernel of n-grams and formulas ─▶ ridge regression, item by item
                                        │
        each guessed from the others ◀──┘ ─▶ items on which that is right nine times of ten

Of like answers one is learned from, so that no answer is guessed from its own copies. An item is left open
that too few answers earn or lack, that the others do not tell, or that is near the border. Nothing here
writes: what a person does not confirm is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from examiner.desk.grouping import TIGHT, Likeness

FEWEST, _MOST = 12, 300  # marked groups that are learned from
_FEWEST_OF_A_KIND = 2  # that earn an item, and that lack it
_RIGHT, _RIGHT_OF_A_KIND = 0.9, 0.7  # of the marked groups, where each is guessed from the others
_SURE = 0.3  # how far from the border between 1, earned, and -1
_PARTS, _RIDGE = 20, 0.1
_FORMULA = re.compile(r"⟨[^⟩]*⟩")


@dataclass(frozen=True)
class Guess:
    """Whether an answer earns an item, for the items that can be guessed; and how far to believe it.

    `n_right` of the `n_marked` groups would have been guessed right in all these items, from the others.
    """

    items: Mapping[str, bool]
    n_marked: int
    n_right: int


class Guesser:
    """Guesses for the answers to a question; what is computed of the texts serves every guess."""

    def __init__(self, likeness: Likeness):
        self._likeness = likeness

    @cached_property
    def _names(self) -> dict[str, str]:
        return self._likeness.groups(TIGHT)

    @cached_property
    def _vectors(self) -> tuple[dict[str, int], Any]:
        """The place of each text, and the vectors."""
        normals = {each.text: each for each in self._likeness.normals.values() if not each.kind}
        texts = sorted(normals)
        return {text: place for place, text in enumerate(texts)}, _vectors(
            [normals[text].sentences for text in texts]
        )

    def guess(
        self, marked: Mapping[str, frozenset[str]], asked: Collection[str], items: Sequence[str]
    ) -> Guess | None:
        """Return what the marked answers say of other ones, or None where they say too little.

        `marked` holds the earned items of each answer; what is asked of several answers holds for each.
        """
        texts = {self._text(each) for each in asked}
        if len(marked) < FEWEST or not texts or "" in texts or not items:
            return None
        examples = self._examples(marked)
        if len(examples) < FEWEST:
            return None
        told = np.array([[1.0 if item in earned else -1.0 for item in items] for earned in examples.values()])
        places, vectors = self._vectors
        known, new = (vectors[[places[text] for text in some]] for some in (examples, sorted(texts)))
        from_others, predicted = _predicted(known, told, new)
        is_right = np.sign(from_others) == told
        fit = [
            place
            for place in range(len(items))
            if _is_told(told[:, place], is_right[:, place]) and _is_sure(predicted[:, place])
        ]
        if not fit:
            return None
        guessed = {items[place]: bool(predicted[0, place] > 0) for place in fit}
        return Guess(guessed, len(examples), int(is_right[:, fit].all(axis=1).sum()))

    def _text(self, answer: str) -> str:
        """Return the text of an answer that can be compared; what is in pictures cannot."""
        normal = self._likeness.normals.get(answer)
        return "" if normal is None or normal.has_pictures or normal.kind else normal.text

    def _examples(self, marked: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """Return the items of one text of each group of like answers that got the same, the most at most."""
        first: dict[tuple[str, frozenset[str]], str] = {}
        for answer, earned in marked.items():
            if text := self._text(answer):
                which = (self._names[answer], earned)
                first[which] = min(text, first.get(which, text))
        found = {text: earned for (_, earned), text in sorted(first.items(), key=lambda each: each[0][0])}
        return dict(list(found.items())[:_MOST])


def _vectors(texts: Sequence[Sequence[str]]) -> Any:
    """Return the vectors of texts: n-grams of their words, and which formulas stand in them."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # takes a second to import

    if not texts:
        return sparse.csr_matrix((0, 0))
    whole = [" ".join(sentences) for sentences in texts]
    words = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)
    formulas = TfidfVectorizer(analyzer=_formulas, use_idf=False, norm=None, binary=True, dtype=np.float32)
    return sparse.hstack(
        [
            words.fit_transform([_FORMULA.sub(" ", text) + " ." for text in whole]),
            formulas.fit_transform(whole),
        ]
    ).tocsr()


def _formulas(text: str) -> list[str]:
    return [*_FORMULA.findall(text), "any"]


def _predicted(known: Any, told: Any, new: Any) -> tuple[Any, Any]:
    """Return what is predicted of the known answers, each from others, and of the new ones from all."""
    from sklearn.kernel_ridge import KernelRidge
    from sklearn.model_selection import KFold, cross_val_predict

    model = KernelRidge(alpha=_RIDGE, kernel="precomputed")
    kernel = 1.0 + (known @ known.T).toarray().astype(float)  # the 1 is for how often an item is earned
    parts = KFold(min(len(told), _PARTS))
    from_others = cross_val_predict(model, kernel, told, cv=parts).reshape(told.shape)
    predicted = model.fit(kernel, told).predict(1.0 + (new @ known.T).toarray().astype(float))
    return from_others, predicted.reshape(-1, told.shape[1])


def _is_told(earned: Any, is_right: Any) -> bool:
    """Return whether the marked answers tell an item of one another, where it is earned and where not."""
    kinds = (earned > 0, earned < 0)
    if min(kind.sum() for kind in kinds) < _FEWEST_OF_A_KIND or is_right.mean() < _RIGHT:
        return False
    return min(float(is_right[kind].mean()) for kind in kinds) >= _RIGHT_OF_A_KIND


def _is_sure(predicted: Any) -> bool:
    return bool((predicted > _SURE).all() or (predicted < -_SURE).all())
