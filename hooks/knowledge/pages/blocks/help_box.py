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


def tapped(text: Markup, line: HelpLine | None) -> Markup:
    """A text in which a line's number can be called where it is named, and not where it is a part of another."""
    if not line or not line.number:
        return text
    link = Markup('<a href="{}">{}</a>').format(line.tel, line.number)
    return Markup(re.sub(rf"(?<![\d+])(?<!\d ){re.escape(line.number)}(?! ?\d)", str(link), text))
