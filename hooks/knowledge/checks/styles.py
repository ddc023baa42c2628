"""Style sheets: what browsers would pass over without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from ..content.svg import Flaw
from ..core.folder import files_in, path_from
from ..core.problems import Problem, did_you_mean, within_sentence
from ..outputs.assets import ICONS, icons

RULE = "style"
DEFINED = re.compile(r"(?<![\w-])--[A-Za-z][\w-]*(?=\s?:)|(?<=setProperty\([\"'])--[\w-]+")
"""A custom property where it is given a value, in a style sheet or by a script."""
ELSEWHERE = re.compile(r"\A(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


AT_RULES = frozenset(
    "charset container counter-style font-face font-feature-values font-palette-values import keyframes layer media "
    "namespace page position-try property scope starting-style supports view-transition".split()
)
LETTERS = f"{ascii_lowercase}-"
"""Of the names of properties."""
DESCRIPTORS = frozenset("counter-style font-face font-feature-values font-palette-values page property".split())
"""Those whose declarations are no properties."""
MARGIN = re.compile(r"(?:top|bottom|left|right)-")
"""How the boxes in the margin of an @page begin."""
UNITS = frozenset(
    "% px rem em ex ch cap ic lh rlh vw vh vi vb vmin vmax svw svh svi svb lvw lvh lvi lvb dvw dvh dvi dvb cqw cqh cqi "
    "cqb cqmin cqmax cm mm q in pt pc deg grad rad turn s ms hz khz dpi dpcm dppx x fr".split()
)
COLOUR = re.compile(r"[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}", re.IGNORECASE)


def styles(folder: Path, is_asset: Callable[[str], bool]) -> list[Problem]:
    """What is wrong with the style sheets of `overrides/`, given whether the site serves a file as `assets/…`."""
    try:
        import tinycss2  # noqa: F401  # which only the checks need
    except ImportError:
        return []
    files = files_in(folder, "assets/css/**/*.css", "preview/*.css")
    sources = {path: path.read_text("utf-8", "replace") for path in files}
    beside = files_in(folder, "assets/js/*.js", "**/*.html")
    texts = (*sources.values(), *(path.read_text("utf-8", "replace") for path in beside), icons(frozenset(ICONS)))
    known = {name for source in texts for name in DEFINED.findall(source)}
    return [
        Problem(path_from(folder.parent, path), line, 1, RULE, message, fix)
        for path, source in sources.items()
        for line, message, fix in sorted(set(flaws(source, known, is_asset)))
    ]


def flaws(source: str, known: set[str], is_asset: Callable[[str], bool]) -> Iterator[Flaw]:
    """What is wrong with one style sheet, given the custom properties that have a value anywhere."""
    import tinycss2

    rules = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    lost = list(_lost_brace(source, rules))
    if "/*" in (after := source.rpartition("*/")[2]):
        line = source.count("\n") - after[after.index("/*") :].count("\n") + 1
        lost = [Flaw(line, "the comment does not end, and hides all that follows", "write */ where it ends")]
    yield from lost or _rules(rules, known, is_asset)


def _lost_brace(source: str, rules: list[Any]) -> Iterator[Flaw]:
    """A brace that is lost: browsers close it at the end, and the rules behind it are part of the one before."""
    import tinycss2

    tokens = tinycss2.parse_component_value_list(source)
    for token in tokens:
        if token.type == "error" and token.kind == "}":
            yield Flaw(token.source_line, "there is one } too many here", "delete it, or write the { that it closes")
            return
    if tinycss2.serialize(tokens).count("}") <= source.count("}"):
        return
    line = next(_beginning_inside(rules), None) or _last_open(tokens)
    yield Flaw(line, "the brace { of this rule is never closed", "write } at its end")


def _beginning_inside(rules: list[Any]) -> Iterator[int]:
    """The lines of rules that hold another one which begins at the left edge."""
    for rule in rules:
        inside = _content(rule)
        if any(node.type in ("qualified-rule", "at-rule") and node.source_column == 1 for node in inside):
            deeper = list(_beginning_inside([node for node in inside if node.source_column > 1]))
            yield from deeper
            yield rule.source_line


def _last_open(tokens: list[Any]) -> int:
    """The line of the block that holds the end of the file."""
    line = 1
    while tokens and tokens[-1].type in ("{} block", "() block", "[] block", "function"):
        line, tokens = tokens[-1].source_line, getattr(tokens[-1], "content", None) or tokens[-1].arguments
    return line


def _content(rule: Any) -> list[Any]:
    import tinycss2

    if rule.type not in ("qualified-rule", "at-rule") or not rule.content:
        return []
    return tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)


def _rules(rules: list[Any], known: set[str], is_asset: Callable[[str], bool], around: str = "") -> Iterator[Flaw]:
    for rule in rules:
        if rule.type == "error":
            yield Flaw(rule.source_line, f"the style sheet cannot be read: {_said(rule)}", "correct the line")
        elif rule.type == "declaration":
            if around not in DESCRIPTORS and (meant := _misspelt(rule.lower_name)):
                yield Flaw(rule.source_line, f"no browser knows “{rule.name}”", f"did you mean “{meant}”?")
            yield from _declaration(rule, known, is_asset)
        elif rule.type in ("qualified-rule", "at-rule"):
            word = getattr(rule, "lower_at_keyword", "")
            if not word and (wrong := _selector(rule.prelude)):
                yield Flaw(rule.source_line, wrong, "correct what comes before {")
            elif word == "import":
                message = "@import makes readers wait for another file"
                yield Flaw(rule.source_line, message, "put the styles into a file here")
            elif word and word not in AT_RULES and not MARGIN.match(word):
                fix = did_you_mean(word, AT_RULES)
                yield Flaw(rule.source_line, f"no browser knows “@{rule.at_keyword}”", fix)
            yield from _tokens(rule.prelude, known, is_asset)
            yield from _rules(_content(rule), known, is_asset, word)


@cache
def _misspelt(name: str) -> str | None:
    """The property that was meant by one with a letter too many, lost, swapped or wrong; what is like none may be newer
    than what Pygments knows."""
    if name.startswith("-") or next(_known([name]), None):
        return None
    halves = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    swapped = (one + two[1] + two[0] + two[2:] for one, two in halves if len(two) > 1)
    lost = (one + letter + two for one, two in halves for letter in LETTERS)
    wrong = (one + letter + two[1:] for one, two in halves if two for letter in LETTERS)
    return next(_known([*swapped, *(one + two[1:] for one, two in halves if two), *lost, *wrong]), None)


def _known(names: list[str]) -> Iterator[str]:
    """Those that are names of properties."""
    from pygments.lexers import CssLexer
    from pygments.token import Keyword

    tokens = CssLexer().get_tokens(f"a {{ {'; '.join(f'{name}: x' for name in names)} }}")
    return (text for kind, text in tokens if kind is Keyword and text in names)


def _declaration(node: Any, known: set[str], is_asset: Callable[[str], bool]) -> Iterator[Flaw]:
    if not node.name.startswith("--"):
        values = [token for token in node.value if token.type not in ("whitespace", "comment")]
        if not values:
            yield Flaw(node.source_line, f"“{node.name}” has no value", "write one, or delete the line")
        for token in values:
            if token.type == "hash" and not COLOUR.fullmatch(token.value):
                message = f"“#{token.value}” is no colour"
                yield Flaw(token.source_line, message, "write it as in #265649")
            if token.type == "literal" and token.value in (":", "{", "="):
                message = f"the value of “{node.name}” holds “{token.value}”"
                yield Flaw(token.source_line, message, "write ; at the end of the line before")
                return
            if token.type == "{} block":
                yield Flaw(token.source_line, f"the value of “{node.name}” holds a block", "write ; or } before it")
                return
    yield from _tokens(node.value, known, is_asset)


def _tokens(tokens: list[Any] | None, known: set[str], is_asset: Callable[[str], bool]) -> Iterator[Flaw]:
    """Addresses, names and broken strings in values."""
    for token in tokens or ():
        if token.type == "dimension" and token.lower_unit not in UNITS and token.lower_unit[0] != "n":  # :nth-child(2n)
            fix = did_you_mean(token.lower_unit, UNITS)
            yield Flaw(token.source_line, f"no browser knows the unit “{token.unit}”", fix)
        if token.type == "error":
            yield Flaw(token.source_line, f"the style sheet cannot be read: {_said(token)}", "correct the line")
        elif token.type == "url":
            yield from _address(token, token.value, is_asset)
        elif token.type == "function":
            inside = [part for part in token.arguments if part.type not in ("whitespace", "comment")]
            first = inside[0] if inside else None
            if token.lower_name in ("url", "src") and first and first.type == "string":
                yield from _address(token, first.value, is_asset)
            elif token.lower_name == "var" and first and first.type == "ident":
                if first.value not in known and len(inside) == 1:
                    fix = did_you_mean(first.value, known, "overrides/assets/css/_base.css")
                    yield Flaw(token.source_line, f"nothing gives “{first.value}” a value", fix)
            yield from _tokens(token.arguments, known, is_asset)
        elif token.type.endswith("block"):
            yield from _tokens(token.content, known, is_asset)


def _address(token: Any, address: str, is_asset: Callable[[str], bool]) -> Iterator[Flaw]:
    path = re.split(r"[?#]", address)[0]
    if address.startswith("data:") or not path:
        return
    if ELSEWHERE.match(address):
        fix = "put the file into overrides/assets/"
        yield Flaw(token.source_line, f"“{address}” is fetched from another site", fix)
    elif path.startswith("/") or ".." in path.split("/"):
        fix = "write its path below overrides/assets/, such as fonts/name.woff2"
        yield Flaw(token.source_line, f"“{address}” leads out of the folder of assets", fix)
    elif not is_asset(f"assets/{path}"):
        fix = f"put it at overrides/assets/{path}, or correct the name"
        yield Flaw(token.source_line, f"there is no file “{path}”", fix)


def _selector(prelude: list[Any]) -> str | None:
    """What is wrong with a selector, as far as its words show."""
    tokens = [token for token in prelude if token.type != "comment"]
    while tokens and tokens[-1].type == "whitespace":
        tokens.pop()
    while tokens and tokens[0].type == "whitespace":
        tokens.pop(0)
    if not tokens:
        return "a block stands without a selector"
    if getattr(tokens[-1], "value", "") in ("+", "~", ">"):
        return f"nothing stands behind “{tokens[-1].value}”"
    for token, following in pairwise((*tokens, None)):
        if token.type != "literal":
            continue
        next_type = following.type if following else ""
        if token.value == "." and next_type != "ident":
            return "“.” stands without the name of a class"
        if token.value == ":" and next_type not in ("ident", "function") and getattr(following, "value", "") != ":":
            return "“:” stands without a name"
        if token.value == "," and (not following or token is tokens[0] or getattr(following, "value", "") == ","):
            return "a selector is missing beside “,”"
        if token.value in ";@!%=":
            return f"“{token.value}” cannot stand in a selector"
    return None


def _said(error: Any) -> str:
    outside = "EOF reached before {} block for a qualified rule"
    return within_sentence(error.message.replace(outside, "text stands outside any rule"))
