"""Rules on the FAQ: each question asks, has an address of its own, and an answer in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...content import urls
from ...content.article import Article, Translation
from ...content.library import Library
from ...content.outline import Heading
from ...core.language import ENGLISH, words_for
from ..structure import Section, answers_of, is_faq, questions_of
from .language import small_words
from .rule import Finding, again, rule, text_rule

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PICTURE = re.compile(r"!\[[^][\n]{0,1000}\]\([^)[\n]{0,2000}\)")
UNSEEN = re.compile(
    r"\[(?:[^][@\n]{0,120}[^][@\w.\n])?@[^]\n]{0,300}\](?!\()|\]\([^)\n]{0,2000}\)"
    r"|\{[:#.][^}\n]{0,200}\}|<!--.{0,500}?-->|&\w+;|^ *(?:!!!|\?\?\?\+?|===) .*$",
    re.MULTILINE,
)
"""What is no answer: citations, addresses, ids, comments, the head of a box."""
BOLD_QUESTION = re.compile(r"^(?:\*\*|__)(?P<words>[^*_\n]{1,200}\?)(?:\*\*|__)[ \t]*$", re.MULTILINE)
"""A paragraph that was meant for a question."""
CLOSERS = " *_~`»”’\"')]»"
WRONG_ID = re.compile(r"(?<! ) *+(?:\{[ #\w-]++\}?|[(\[] ?#[ \w-]++[])]?|#[\w-]++[])}])$")
"""An id that did not become one: `{faq}`, `(#faq)`, `{# faq}`, `{#faq`, `#faq}`."""


@text_rule("faq")
def faq(translation: Translation) -> Iterator[Finding]:
    """Questions are folded on the page and shown in searches."""
    for heading in filter(is_faq, translation.outline.headings):
        yield from _heading(translation, heading)
    for question in questions_of(translation):
        if not WRONG_ID.sub("", question.text).rstrip(CLOSERS).endswith("?"):
            message = f"“{question.text}” is among the questions, but asks nothing"
            fix = "end it with “?”, or write #### below a question's answer, or ## for a section"
            yield Finding(translation, question.line, message, fix)
    for first, question in again(
        questions_of(translation), lambda question: " ".join(question.text.casefold().split())
    ):
        message = f"“{question.text}” is asked on line {first.line} too"
        yield Finding(translation, question.line, message, "keep one of them")
    for part in answers_of(translation):
        for found in BOLD_QUESTION.finditer(part.source):
            message = f"“{found['words']}” is bold, and so is no question of the list"
            line = part.line + part.source.count("\n", 0, found.start())
            yield Finding(translation, line, message, f"write ### {found['words']} {{#an-id}}")
        lacks = _lacks(part)
        if lacks and part.heading:
            message = f"the answer to “{part.heading.text}” {lacks}"
            yield Finding(translation, part.heading.line, message, "write it in words, or delete the question")


def _heading(translation: Translation, heading: Heading) -> Iterator[Finding]:
    """What is wrong with the heading above the questions."""
    if heading.level == 1:
        return  # A second title, which the rule on headings tells.
    if heading.level > 2:
        message = f"“{heading.text}” is level {heading.level}, so it begins no list of questions"
        yield Finding(translation, heading.line, message, f"write ## {heading.text} {{#faq}}")
    elif heading.id != "faq":
        has = f"has {{#{heading.id}}}" if heading.id else "has no {#faq}"
        message = f"“{heading.text}” {has}, so its questions are not shown as such"
        yield Finding(translation, heading.line, message, f"write ## {WRONG_ID.sub('', heading.text)} {{#faq}}")
    elif not any(question.line > heading.line for question in questions_of(translation)):
        after = next((other for other in translation.outline.headings if other.line > heading.line), heading)
        if after.text.endswith("?"):
            message = f"“{after.text}” is no question here: its heading begins with {'#' * after.level}"
            yield Finding(translation, after.line, message, "write ### before it", "#")
            return
        message = f"there is no question below “{heading.text}”"
        yield Finding(translation, heading.line, message, "write ### Question? {#an-id}, or delete the heading")


def _lacks(part: Section) -> str:
    """What an answer is not; empty where it can be read."""
    text = "\n".join(part.source.split("\n")[1:])
    words = UNSEEN.sub(" ", PICTURE.sub(" ", text))
    if re.search(r"[^\W_]", words):
        return ""
    return "is only a picture" if PICTURE.search(text) else "is empty"


@rule("question")
def questions(library: Library) -> Iterator[Finding]:
    """A question's id is its address in both languages."""
    seen: dict[tuple[str, str], Translation] = {}
    for article in library.articles.values():
        for lang in article.written:
            translation = article[lang]
            for place, question in enumerate(translation.outline.questions):
                if not question.id:
                    id = _proposed(article, lang, place, seen)
                    fix = f"write one after it, the same in both languages: {{#{id}}}"
                    yield Finding(translation, question.line, f"the question “{question.text}” has no id", fix)
                    continue
                if not ID.fullmatch(question.id):
                    message = f"{{#{question.id}}} is no address; expected a-z, 0-9 and - only"
                    fix = f"write {{#{urls.slugify(question.id)}}} in both files"
                    yield Finding(translation, question.line, message, fix, question.id)
                if seen.setdefault((lang, question.id), translation) is not translation:
                    message = f"{{#{question.id}}} is in docs/{seen[lang, question.id].path} too"
                    yield Finding(translation, question.line, message, "choose another id", question.id)
        for original, translation in article.pairs:
            yield from _pairs(original, translation)


LEFT_OUT = frozenset(words_for("left_out_of_ids").split("|"))
"""Words that ids do without, beside the small ones."""


def _pairs(original: Translation, translation: Translation) -> Iterator[Finding]:
    """Questions that only one of the two files has; nothing where one of them has no list of questions at all, which
    is told by itself."""
    both = (original, translation)
    heads = [head for text in both if (head := next((h for h in text.outline.headings if h.id == "faq"), None))]
    if len(heads) < len(both):
        return
    asked = [text.outline.questions for text in both]
    ids = [{question.id for question in questions} for questions in asked]
    renamed = set()
    if len(asked[0]) == len(asked[1]):
        for ours, theirs in zip(*asked, strict=True):
            if ours.id and theirs.id and ours.id not in ids[1] and theirs.id not in ids[0]:
                renamed |= {ours.id, theirs.id}
                if not (ID.fullmatch(ours.id) and ID.fullmatch(theirs.id)):
                    continue  # Which is told with what to write in both.
                message = f"{{#{theirs.id}}} is {{#{ours.id}}} in docs/{original.path}, line {ours.line}"
                yield Finding(translation, theirs.line, message, "give both the same id", theirs.id)
    for here, there in ((0, 1), (1, 0)):
        without_id = len(asked[there]) - len(ids[there] - {None, ""})  # or with that of another
        is_below = False  # One whose heading begins with ##: then it is none, either.
        for question in asked[here]:
            if question.id and question.id not in ids[there] | renamed and not without_id:
                level = next((h for h in both[there].outline.headings if h.id == question.id), None)
                if level and level.line > heads[there].line:
                    was_told = is_below or (level.level == 2 and not asked[there])  # By the other rule.
                    is_below = is_below or level.level == 2
                    if was_told:
                        continue
                    message = f"{{#{question.id}}} is no question here: its heading begins with {'#' * level.level}"
                    yield Finding(both[there], level.line, message, "write ### before it", "#")
                    continue
                message = f"the question {{#{question.id}}} of {both[here].path} is missing"
                fix = f"write it, or delete it there: {question.text}" if here else f"translate it: {question.text}"
                yield Finding(both[there], heads[there].line, message, fix)


def _proposed(article: Article, lang: str, place: int, seen: dict[tuple[str, str], Translation]) -> str:
    """An id for a question: that of its like in the other language, or one made of its words, English ones if there
    are any."""
    asked = {lang: article[lang].outline.questions for lang in article.written}
    own = {question.id for question in asked[lang]}
    for other, questions in asked.items():
        if other != lang and len(questions) == len(asked[lang]) and (same := questions[place].id) and same not in own:
            return same
    source = ENGLISH if len(asked.get(ENGLISH, ())) == len(asked[lang]) else lang
    said = urls.slugify(asked[source][place].text).split("-")
    common = {urls.slugify(word) for word in small_words(source)} | LEFT_OUT
    words = [word for word in said if word and word not in common][:4] or said[:4]
    id = "-".join(words) or "question"
    taken = {known for _, known in seen} | own
    return id if id not in taken else f"{article.name}-{id}"
