"""A record: what an editor writes as YAML, in a shape that is checked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from types import GenericAlias, MappingProxyType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    create_model,
    model_validator,
)

from ..core.decoding import CONTROL, INVISIBLE
from ..core.document import Document, KeyPath
from ..core.language import Language, Languages, described
from ..core.problems import did_you_mean
from .shape import adapter, bare, below
from .wrong_value import explained, name_of

NonEmptyStr = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
"""A text that says something: blanks alone are none."""


def _as_day(value: Any) -> Any:
    """A day in quotation marks is a day too."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        with suppress(ValueError):
            value = dt.date.fromisoformat(value)
    if isinstance(value, dt.date) and value.year < 1900:
        raise ValueError(f"the year {value.year} can hardly be meant; expected 1900 or later")
    return value


Day = Annotated[dt.date, BeforeValidator(_as_day)]
"""A date such as 2026-11-20."""


class Record(BaseModel):
    """Values of known names and types, which nobody changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


@dataclass(frozen=True)
class Seen:
    """Marks a text that readers see, in the language of its file or of the key above it.

    Every check of such texts finds it by this mark: spelling, language, numbers that differ between languages,
    promises without a source, telephone numbers, and what of a translation is older than its original.
    """

    is_spelled: bool = True
    """Whether its words are those of a dictionary."""
    may_promise: bool = False
    """Whether it may hold words that promise an effect."""


Text = Annotated[NonEmptyStr, Seen()]


@cache
def seen(model: type[BaseModel]) -> dict[str, Seen]:
    """The fields of a model that readers see."""
    return {name: mark for name, field in model.model_fields.items() if (mark := _mark_of(field.rebuild_annotation()))}


def _mark_of(shape: Any) -> Seen | None:
    """The mark of a text, or of the texts that a list holds; None where it has none."""
    inner, noted = bare(shape)
    own = (one for one in noted if isinstance(one, Seen))
    return next(own, None) or next(filter(None, map(_mark_of, get_args(inner))), None)


def seen_texts(record: BaseModel) -> Iterator[tuple[KeyPath, str, Seen]]:
    """What readers see of a record itself: each text with its place in it, such as `("signs", 1)`."""
    for name, mark in seen(type(record)).items():
        value = getattr(record, name)
        if isinstance(value, str):
            yield (name,), value, mark
        else:
            yield from (((name, i), text, mark) for i, text in enumerate(value or ()))


def seen_nodes(
    node: yaml.Node | None, shape: Any, languages: Languages, lang: Language = ""
) -> Iterator[tuple[Language, yaml.ScalarNode, Seen]]:
    """What readers see of a YAML document of a shape: its scalars, each with the language of its file or of the key
    above it."""
    if isinstance(node, yaml.ScalarNode):
        if lang and (mark := _mark_of(shape)):
            yield lang, node, mark
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            yield from seen_nodes(item, below(shape, place), languages, lang)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            spoken = key.value if key.value in languages else lang
            yield from seen_nodes(value, below(shape, key.value), languages, spoken)


Said = TypeVar("Said")


class ByLanguage(Record, Generic[Said]):
    """A record that says something in each language of the site, below the language's key: `da: …`, `en: …`."""

    unsaid: ClassVar[Any] = ...
    """What a language says that is left out; without it none may be."""
    planned: ClassVar[frozenset[Language]] = frozenset()
    """Languages that the site will have."""

    def __getitem__(self, lang: Language) -> Said:
        return getattr(self, lang)

    @model_validator(mode="before")
    @classmethod
    def _of_the_site(cls, values: Any) -> Any:
        return _without_unseen(values, cls.model_fields, cls.planned)


def said_in(record: BaseModel, lang: Language) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a record says in a language, but for lists: each text with its place, in which nothing stands for the
    language's key, as `("shows", "")`."""
    for name, value in (("", record), *record):
        said = value[lang] if isinstance(value, ByLanguage) else None
        place = ("",) if value is record else (name, "")
        if isinstance(said, str):
            yield place, said
        elif isinstance(said, BaseModel):
            yield from (((*place, *map(str, inside)), text) for inside, text, _ in seen_texts(said) if len(inside) == 1)


def said_by(model: type[BaseModel]) -> Any:
    """What a model says in each language; None where it is the same in all."""
    generic = (getattr(base, "__pydantic_generic_metadata__", {}) for base in model.__mro__)
    return next((of["args"][0] for of in generic if of.get("args")), None)


def _without_unseen(values: Any, known: Container[str], planned: frozenset[Language]) -> Any:
    """What is said in languages that the site has dropped, or will have, may stay, unseen."""
    if not isinstance(values, dict):
        return values
    return {key: value for key, value in values.items() if key in known or key not in planned.union(described())}


def for_site(shape: Any, languages: Languages) -> Any:
    """The same shape for a site in these languages: each has its key in what is said by language, and none else."""
    return _for_site(shape, languages, languages.planned)


@cache
def _for_site(shape: Any, languages: Languages, planned: frozenset[Language]) -> Any:
    if shape == Language:
        return Literal[tuple(languages)]
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return _model_for_site(shape, languages, planned)
    arguments = get_args(shape)
    made = tuple(_for_site(argument, languages, planned) for argument in arguments)
    if arguments[:1] == (Language,):
        by_language: Any = GenericAlias(dict, made)
        return Annotated[by_language, BeforeValidator(partial(_without_unseen, known=languages, planned=planned))]
    if made == arguments or get_origin(shape) in (Annotated, Literal):
        return shape
    return get_origin(shape)[made]


def _model_for_site(model: type[BaseModel], languages: Languages, planned: frozenset[Language]) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        written: Any = field.annotation
        annotation = _for_site(written, languages, planned)
        if annotation != written:
            fields[name] = (annotation, field)
    if issubclass(model, ByLanguage):
        said = _for_site(said_by(model), languages, planned)
        fields |= dict.fromkeys(languages, (said, model.unsaid)) | {"planned": (ClassVar[frozenset[Language]], planned)}
    return create_model(model.__name__, __base__=model, __doc__=model.__doc__, **fields) if fields else model


def validated(
    shape: Any,
    document: Document,
    empty: Any = None,
    needed: frozenset[str] = frozenset(),
    misplaced: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> Any:
    """A document's values in a shape, or None where they do not fit, which the document's problems then say.

    Args:
        empty: what an empty document stands for.
        needed: keys that cannot be left out, whatever their type says.
        misplaced: keys that belong elsewhere, with what to say of them and what to do.
    """
    for path, node in document.nodes.items():
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        if CONTROL.search(text) or INVISIBLE.search(text):
            message = f"{name_of(path)} holds an invisible character, which no page can show"
            problem = document.problem(path, message, "delete it, or type the line again")
            document.problems.append(problem if CONTROL.search(text) else replace(problem, rule="invisible"))
    if document.problems:
        return None
    try:
        return adapter(shape).validate_python(empty if document.values is None else document.values)
    except ValidationError as error:
        meant = set[tuple[Any, str]]()
        for details in sorted(error.errors(), key=lambda one: one["type"] == "missing"):
            around, key = details["loc"][:-1], str(details["loc"][-1]) if details["loc"] else ""
            if details["type"] == "missing" and (around, did_you_mean(key, [key])) in meant:
                continue  # It is there, written otherwise.
            told = misplaced.get(str(details["loc"][0])) if details["type"] == "extra_forbidden" else None
            better = document.problem(details["loc"][:1], *told) if told else None
            document.problems.append(better or explained(details, document, shape, needed))
            meant.add((around, document.problems[-1].fix))
        return None
