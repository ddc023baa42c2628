"""The help box: whom to call first, then everybody else, as a page in one language shows them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from ...content.help_line import HelpKind, HelpLine
from ...core.language import Language

KINDS: tuple[HelpKind, ...] = get_args(HelpKind)
FIRST: tuple[HelpKind, ...] = ("danger", "suicide", "gp", "doctor")
"""What stands as buttons."""
LATER: tuple[HelpKind, ...] = ("complaint",)
"""What nobody needs tonight: it stands on the help page only."""
Group = tuple[HelpKind, tuple[HelpLine, ...]]


@dataclass(frozen=True)
class HelpBox:
    """The help lines as a page shows them."""

    danger: HelpLine | None
    suicide: HelpLine | None
    violence: HelpLine | None
    gp: HelpLine | None
    doctors: tuple[HelpLine, ...]
    """The out-of-hours doctor of each region; one without a number is said to have none."""
    finder: HelpLine | None
    """Where to look up an out-of-hours doctor: the way where a region's number is missing."""
    groups: tuple[Group, ...]
    """Everything else that one may need tonight, by kind."""
    all: tuple[Group, ...]
    """Everything, by kind."""
    lines: tuple[HelpLine, ...]
    """Everything, in the file's order."""
    checked: dt.date
    """When that was which was looked up longest ago."""


def help_box(lines: Sequence[HelpLine], lang: Language) -> HelpBox | None:
    """The help box; None where there are no help lines."""
    if not lines:
        return None

    def first(kind: HelpKind, with_number: bool = True) -> HelpLine | None:
        return next((line for line in lines if line.kind == kind and (line.number or not with_number)), None)

    by_kind = ((kind, tuple(line for line in lines if line.kind == kind)) for kind in KINDS)
    groups = tuple((kind, group) for kind, group in by_kind if group)
    doctors = [line for line in lines if line.kind == "doctor"]
    return HelpBox(
        danger=first("danger"),
        suicide=first("suicide"),
        violence=first("violence"),
        gp=first("gp", with_number=False),
        doctors=tuple(line for line in doctors if line[lang].region),
        finder=next((line for line in doctors if not line[lang].region), None),
        groups=tuple(group for group in groups if group[0] not in (*FIRST, *LATER)),
        all=groups,
        lines=tuple(lines),
        checked=min(line.checked for line in lines),
    )


TAGS = r"<(a|h[1-6]|summary|code|pre)\b.*?</\2>|<[^<>]*>"
"""Where no link may stand: in another one, in a heading, in code and in a tag."""


def tapped(text: str, line: HelpLine | None, verb: str = "") -> Markup:
    """A text in which a line's number can be called where it is named, and not where it is a part of another; with a
    verb, only together with that, for “112” may stand for anything in an article, and “ring 112” does not."""
    if not line or not line.number or line.number not in text:
        return Markup(text)
    before = rf"\b{verb}(?:\s[^\W\d]+)?\s" if verb else r"(?<![\d+])(?<!\d )"
    pattern = re.compile(rf"({TAGS})|{before}{re.escape(line.number)}(?! ?\d)", re.IGNORECASE | re.DOTALL)
    return Markup(pattern.sub(lambda found: found[1] or f'<a href="{line.tel}">{found[0]}</a>', text))
