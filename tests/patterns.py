"""Every regular expression of ours, and what each finds hardest to read."""

from __future__ import annotations

import ast
import importlib
import itertools
import os
import re
import resource
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

HOOKS = Path(__file__).parent.parent / "hooks"
SIZE = 200_000
SMALL = 1_000
"""Characters of the texts among which the hardest are chosen."""
SECONDS = 8
"""A linear pattern needs a fortieth of that or, with the longest bounded repeats, a sixth; a quadratic one hours."""
METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
MADE = {
    "knowledge.content.prose": lambda module: module.word_pattern(("alliance", "burn-out", "sætning")),
    "knowledge.checks.rules.text": lambda module: module._any(("beviser", "helbreder")),
}
"""Patterns that functions make of data."""


def sources() -> Iterator[tuple[str, Path]]:
    """Our modules by name, with their files."""
    for path in sorted(HOOKS.rglob("*.py")):
        name = ".".join(path.relative_to(HOOKS).with_suffix("").parts).removesuffix(".__init__")
        if not name.endswith("__main__"):
            yield name, path


def patterns() -> Iterator[tuple[str, re.Pattern[str], frozenset[str]]]:
    """Each pattern with a name and the methods with which it is used."""
    uses: dict[str, set[str]] = defaultdict(set)
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in sources()}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                owner = node.value
                called = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                uses[called].add(node.attr)
    for name, tree in trees.items():
        module = importlib.import_module(name)
        for label, pattern in found_in(vars(module)):
            key = label.split("[")[0].rpartition(".")[2]
            yield f"{name}.{label}", pattern, frozenset(uses.get(key) or METHODS)
        for node in ast.walk(tree):
            if is_inline(node):
                flags = [eval(ast.unparse(k.value), {"re": re}) for k in node.keywords if k.arg == "flags"]
                flags += [eval(ast.unparse(a), {"re": re}) for a in node.args if ast.unparse(a).startswith("re.")]
                pattern = re.compile(node.args[0].value, flags[0] if flags else 0)
                yield f"{name}:{node.lineno}", pattern, frozenset((node.func.attr,))
        if name in MADE:
            yield f"{name} (made)", MADE[name](module), frozenset(METHODS)


def is_inline(node: ast.AST) -> bool:
    """Whether a piece of code is `re.sub("…", …)` or the like."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in METHODS
        and bool(node.args)
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    )


def found_in(values: dict[str, object], prefix: str = "") -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns among a module's names, in its lists, and in its classes."""
    for name, value in list(values.items()):
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            yield prefix + name, value
        elif isinstance(value, tuple | list):
            yield from found_in({f"{name}[{i}]": item for i, item in enumerate(value)}, prefix)
        elif isinstance(value, dict) and not name.startswith("__"):
            yield from found_in({f"{name}[{key!r}]": item for key, item in value.items()}, prefix)
        elif isinstance(value, type) and value.__module__ == values.get("__name__"):
            yield from found_in(dict(vars(value)), f"{prefix}{name}.")


# --- What is hard to read -----------------------------------------------------------------


def samples(pattern: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """Characters that matter to a pattern, and texts that match its beginnings."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    characters: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    collect(tree, characters)
    for text in begin(tree, 0):
        beginnings[text] = None
    return list(characters)[:12], [text for text in beginnings if text][:20]


def collect(tree, characters: dict[str, None]) -> None:
    for op, argument in tree:
        if op in (sre.LITERAL, sre.NOT_LITERAL):
            characters[chr(argument)] = None
        elif op is sre.IN:
            for text in chosen(argument):
                characters[text] = None
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            collect(argument[2], characters)
        elif op is sre.SUBPATTERN:
            collect(argument[3], characters)
        elif op is sre.ATOMIC_GROUP:
            collect(argument, characters)
        elif op is sre.BRANCH:
            for branch in argument[1]:
                collect(branch, characters)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            collect(argument[1], characters)
        elif op is sre.ANY:
            characters["x"] = None


def chosen(items) -> list[str]:
    """Characters of a class; of one that is negated, such as are not in it."""
    out: list[str] = []
    negated = bool(items) and items[0][0] is sre.NEGATE
    for op, argument in items:
        if op is sre.LITERAL:
            out.append(chr(argument))
        elif op is sre.RANGE:
            out.append(chr(argument[0]))
        elif op is sre.CATEGORY:
            name = str(argument)
            out.append(" " if "SPACE" in name else "7" if "DIGIT" in name else "a")
    if negated:
        return [char for char in 'xa 7."\n' if char not in out][:3]
    return out[:4]


def begin(tree, depth: int) -> list[str]:
    """Texts that match a pattern's beginning: one for each length of it, with one choice or another."""
    texts, done = [""], []
    for op, argument in tree:
        options = step(op, argument, depth)
        texts = [text + option for text in texts[:6] for option in options][:12]
        done += texts
    return done


def step(op, argument, depth: int) -> list[str]:
    if op is sre.LITERAL:
        return [chr(argument)]
    if op is sre.NOT_LITERAL or op is sre.ANY:
        return ["x"]
    if op is sre.IN:
        return chosen(argument)[:3] or ["x"]
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _, inside = argument
        return [text * max(least, 2) for text in whole(inside, depth)] + ([""] if not least else [])
    if op is sre.SUBPATTERN:
        return whole(argument[3], depth)
    if op is sre.ATOMIC_GROUP:
        return whole(argument, depth)
    if op is sre.BRANCH and depth < 6:
        return [text for branch in argument[1] for text in whole(branch, depth + 1)[:2]][:8]
    return [""]


def whole(tree, depth: int) -> list[str]:
    texts = [""]
    for op, argument in tree:
        texts = [text + option for text in texts for option in step(op, argument, depth + 1)][:8]
    return texts


def texts(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """What is hard to read for a pattern, in any length."""
    characters, beginnings = samples(pattern)
    for char in characters:
        yield lambda size, char=char: char * size
    for one, other in itertools.permutations(characters[:6], 2):
        yield lambda size, pair=one + other: pair * (size // 2)
    for text in beginnings:
        yield lambda size, text=text: text * (size // len(text))
        for char in characters[:6]:
            yield lambda size, text=text, char=char: text + char * size
            yield lambda size, text=text, char=char: char * size + text
            yield lambda size, text=text, char=char: f"{text}{char}" * (size // (len(text) + 1))
            yield lambda size, text=text, char=char: f"{text}{char}\n" * (size // (len(text) + 2))


ENDS = ("\x01", "\n")
"""What matches nothing, and what many patterns end with."""


def read(pattern: re.Pattern[str], methods: frozenset[str], text: str) -> None:
    """Use a pattern as our code does."""
    if methods & {"sub", "subn", "split", "findall", "finditer", "search"}:
        for _ in pattern.finditer(text):
            pass
    if "match" in methods:
        pattern.match(text)
    if "fullmatch" in methods:
        pattern.fullmatch(text)


def hardest(pattern: re.Pattern[str], methods: frozenset[str]) -> list[Callable[[int], str]]:
    """The two that take longest while they are short, where a quadratic one takes a hundred times as long as others.
    The time only chooses: nothing is judged by it."""
    taken = []
    for make, end in itertools.product(texts(pattern), ENDS):
        text = make(SMALL) + end
        start = time.perf_counter()
        read(pattern, methods, text)
        taken.append((time.perf_counter() - start, lambda size, make=make, end=end: make(size) + end))
    return [make for _, make in sorted(taken, key=lambda row: -row[0])[:2]]


def not_linear(rows: Sequence[tuple[re.Pattern[str], frozenset[str]]], seconds: int = SECONDS) -> list[int]:
    """The numbers of the patterns whose hardest texts a process does not read in so many seconds of the processor.

    One process reads for all, as to fork is half the work, and the next goes on behind the pattern that stopped it.
    """
    slow: list[int] = []
    begun = 0
    while begun < len(rows):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            for pattern, methods in rows[begun:]:
                os.write(writer, b".")
                limit = round(time.process_time()) + seconds
                resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))
                for make in hardest(pattern, methods):
                    read(pattern, methods, make(SIZE))
            os._exit(0)
        os.close(writer)
        with open(reader, "rb") as told:
            begun += len(told.read())
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
            slow.append(begun - 1)
        else:
            assert os.waitstatus_to_exitcode(status) == 0
            assert begun == len(rows)
    return slow
