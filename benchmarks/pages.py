"""A page of each kind: what `make look` and `make lighthouse` go through."""

from __future__ import annotations

KEYS = (
    "index",
    "alliance/index",
    "stress-ladder/index",
    "alliance/therapeutic-alliance",
    "alliance/choosing-a-therapist",
    "stress-ladder/temperate",
    "stress-ladder/meltdown",
    "self-check",
    "help",
    "faq",
    "search",
    "glossary",
    "sources",
    "articles",
    "about",
)
"""Home, topics, articles with a figure and with a checklist, a step, a grave one, each list, a page of words."""
