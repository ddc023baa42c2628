"""The self-check: the signs of the ladder, in an order that does not tell which step they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import TypeVar

from ..core.fingerprint import digest
from .parts import SelfCheck, Sign, Step

T = TypeVar("T")


def self_check(ladder: Sequence[Step], original: Sequence[Step]) -> SelfCheck:
    """The signs of all steps in one list, cut into as many groups as there are steps; by the words of the same steps in
    the original a sign is known in all languages."""
    known = {step.number: step.signs for step in original}
    mixed = _mixed([[(step, i) for i in range(len(step.signs))] for step in ladder])
    # A preview shows a page with a sign that the original does not have yet: its place stands for its words.
    ids = [digest(step.number, known.get(step.number, ())[i : i + 1] or i)[:12] for step, i in mixed]
    signs = [Sign(ids[n], n + 1, step.signs[i], step) for n, (step, i) in enumerate(mixed)]
    numbers = (
        (step, tuple(sign.number for sign in signs if sign.step is step)) for step in reversed(ladder) if step.signs
    )
    return SelfCheck(_cut(signs, len(ladder)), tuple(numbers))


def _mixed(steps: Sequence[Sequence[T]]) -> list[T]:
    """Round by round one sign of each step: every other step, then those between, each round from the next one on."""
    order = [*steps[1::2], *steps[::2]]
    rounds = zip_longest(*order)
    turned = (signs[i % len(order) :] + signs[: i % len(order)] for i, signs in enumerate(rounds))
    return [sign for signs in turned for sign in signs if sign is not None]


def _cut(items: Sequence[T], parts: int) -> tuple[tuple[T, ...], ...]:
    """Parts whose lengths differ by one at most, the longer ones first."""
    each, more = divmod(len(items), max(parts, 1))
    starts = [i * each + min(i, more) for i in range(parts + 1)]
    cut = (tuple(items[start:end]) for start, end in pairwise(starts))
    return tuple(part for part in cut if part)
