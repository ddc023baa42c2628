"""A question of the FAQ: plain Markdown in, a native disclosure out, and its answer for machines.

In the section `## … {#faq}` each `### Question? {#id}` and what stands below it becomes
`details > summary > h3`. It is read off the rendered tree, so what machines get is what people read.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from lxml.html import HtmlElement, fragment_fromstring, tostring
from markdown import Markdown
from markdown.extensions import Extension

from .tree import Run, markup_of, words_of

ANSWER_TAGS = frozenset("h4 h5 h6 br ol ul li a p b strong i em div".split())
"""Tags that stay in a marked-up answer (those Yoast keeps in `Answer.text`, and `div`)."""


@dataclass(frozen=True)
class Asked:
    """A question without its answer, for pages that lead to it."""

    id: str
    name: str


@dataclass(frozen=True)
class Question:
    """One question with its answer."""

    id: str
    """The fragment of its deep link, the same in both languages."""
    name: str
    """The question as plain text."""
    html: str
    """The answer as it stands on the page; its links are relative to the page."""

    @property
    def asked(self) -> Asked:
        """The question alone."""
        return Asked(self.id, self.name)

    def answer(self, page_url: str) -> str:
        """The answer as HTML for structured data: few tags, links absolute, the same words."""
        tree = fragment_fromstring(self.html, create_parent="div")
        for mark in tree.xpath(".//*[@class='cites'] | .//sup[starts-with(@id, 'fnref')]"):
            mark.drop_tree()  # It leads to what stands below the answers.
        if "href" in self.html:
            tree.make_links_absolute(page_url)
        for tabs in tree.xpath(".//*[contains(@class, 'tabbed-set')]"):
            _tell_tabs(tabs)
        for element in list(tree.iterdescendants()):
            for name in set(element.attrib) - {"href"}:
                del element.attrib[name]
            if element.tag not in ANSWER_TAGS:
                element.drop_tag()
        return (tree.text or "") + "".join(tostring(child, encoding="unicode") for child in tree)


def _tell_tabs(tabs: HtmlElement) -> None:
    """Put each tab's title above its content, as one reads them."""
    titles, blocks = tabs.xpath("./div[@class='tabbed-labels']/label"), tabs.xpath("./div[@class='tabbed-content']/div")
    for title, block in zip(titles, blocks, strict=True):
        title.tag, title.tail = "p", "\n"
        block.insert(0, title)


class QuestionsExtension(Extension):
    """Python-Markdown extension; after a conversion `questions` holds what was found."""

    questions: tuple[Question, ...] = ()

    def extendMarkdown(self, md: Markdown) -> None:
        """Fold after `toc` (5) has given ids; read after MkDocs (0) has resolved the links."""
        md.registerExtension(self)
        self.md = md
        md.treeprocessors.register(Run(md, _fold), "faq-fold", 4)
        md.treeprocessors.register(Run(md, self._read), "faq-read", -1)

    def reset(self) -> None:
        """Forget the page before: of an empty text no processor runs."""
        self.questions = ()

    def _read(self, root: Element) -> None:
        details = root.iterfind("section[@class='faq']/details")
        self.questions = tuple(map(self._question, details))

    def _question(self, details: Element) -> Question:
        heading, answer = details.find("summary/h3"), details.find("div")
        assert heading is not None  # Both are made below.
        assert answer is not None
        return Question(heading.get("id", ""), words_of(self.md, heading), markup_of(self.md, answer))


def _fold(root: Element) -> None:
    section: Element | None = None
    target: Element | None = None
    for element in list(root):
        if element.tag in ("h1", "h2"):
            section = None
            if element.get("id") == "faq":
                section = target = Element("section", {"class": "faq", "aria-labelledby": "faq"})
                root.insert(list(root).index(element), section)
        if element.tag == "div" and element.get("class") == "footnote":
            section = None  # They belong to the whole text.
        if section is None:
            continue
        root.remove(element)
        if element.tag == "h3":
            details = SubElement(section, "details")
            SubElement(details, "summary").append(element)
            target = SubElement(details, "div", {"class": "faq__answer"})
        else:
            assert target is not None  # It begins with the section.
            target.append(element)
