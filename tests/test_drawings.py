"""Drawings: what an SVG may hold, and that the site's own hold nothing else."""

from __future__ import annotations

import pytest

from conftest import ROOT, SITE
from knowledge.content.svg import COVER, flaws

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360">'
XLINK = HEAD.replace("svg ", 'svg xmlns:xlink="http://www.w3.org/1999/xlink" ', 1)
OURS = [
    *sorted((ROOT / "docs").rglob("*.svg")),
    *sorted((SITE / "docs").rglob("*.svg")),
    ROOT / "hooks/knowledge/tools/drafts/cover.svg",
    ROOT / "overrides/assets/icon.svg",
]


def told(drawing: str | bytes, size: tuple[int, int] | None = None) -> list[str]:
    data = drawing.encode() if isinstance(drawing, str) else drawing
    return [f"{fault.line}: {fault.message}" for fault in flaws(data, size)]


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_the_site_s_own_drawings_pass(file) -> None:
    assert told(file.read_bytes()) == []


def test_there_are_drawings() -> None:
    assert len(OURS) > 45


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="640" height="360" fill="#fff"/>',
        '<g transform="translate(3 4) rotate(-5)" opacity=".5"><path d="M0 0h3" stroke-dasharray="1,2"/></g>',
        '<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<rect fill="url(#a)" width="1" height="1"/>',
        "<clipPath id='c'><circle r='3'/></clipPath><g clip-path=\"url('#c')\"><path d='M0 0'/></g>",
        '<symbol id="s"><path d="M0 0h1"/></symbol><use href="#s" x="3"/>',
        "<title>A stair &amp; a hand &lt;3 &#230;</title><desc>…</desc>"
        '<text font-family="serif">Ro<tspan dx="1"/></text>',
        '<image width="4" height="4" href="data:image/png;base64,iVBORw0KGgo="/>',
        "<style>/* colours */ .a { fill: url(#g) } @media (prefers-color-scheme: dark) { .a { fill: #fff } }</style>",
        '<path style="fill:#3f6b5c;stroke:none" class="a" d="M0 0"/>',
        '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><g filter="url(#f)"/>',
        "<!-- made by hand --><g/>",
        '<g aria-label="Draw (see https://example.org)" data-name="Layer 1"/>',
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
        '<mask id="m"><rect width="3" height="3"/></mask><g mask="url(#m)"/>',
    ],
)
def test_what_draws_passes(inside: str) -> None:
    assert told(f'{HEAD}{inside}<path d="M0 0h9"/></svg>', COVER) == []


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        (f"{HEAD}<script>alert(1)</script></svg>", "1: <script> cannot stand"),
        (f'{HEAD}\n<g onclick="x()"/></svg>', "2: “onclick” runs a program"),
        (HEAD.replace("viewBox", 'onload="x()" viewBox') + "</svg>", "1: “onload” runs a program"),
        (f'{HEAD}<g ONCLICK="x()"/></svg>', "“ONCLICK” runs a program"),
        (f"{HEAD}<foreignObject/></svg>", "<foreignObject> cannot stand"),
        (f'{HEAD}<a href="#x"/></svg>', "<a> cannot stand"),
        (f'{HEAD}<set attributeName="href" to="javascript:x"/></svg>', "<set> cannot stand"),
        (f'{HEAD}<animate attributeName="x"/></svg>', "<animate> cannot stand"),
        (f'{HEAD}<feImage href="#a"/></svg>', "<feImage> cannot stand"),
        (
            f'{HEAD}<html:script xmlns:html="http://www.w3.org/1999/xhtml">x</html:script></svg>',
            "<html:script> is noth",
        ),
        (
            f'{HEAD}<metadata><b:script xmlns:b="http://www.w3.org/1999/xhtml"/></metadata></svg>',
            "<b:script> is nothing",
        ),
        (f'{HEAD}<image href="https://example.org/a.png"/></svg>', "fetches “https://example.org/a.png”"),
        (f'{HEAD}<image href="//example.org/a.png"/></svg>', "fetches “//example.org"),
        (f'{HEAD}<image href="data:image/svg+xml;base64,AAAA"/></svg>', "fetches “data:image/svg+xml"),
        (f'{HEAD}<image href="data:text/html,x"/></svg>', "fetches “data:text/html"),
        (f'{HEAD}<image href="../a.png"/></svg>', "fetches “../a.png”"),
        (f'{HEAD}<use href="other.svg#a"/></svg>', "fetches “other.svg#a”"),
        (f'{HEAD}<use href="data:image/png;base64,AAAA"/></svg>', "fetches “data:image/png"),
        (f'{XLINK}<use xlink:href="https://example.org/#a"/></svg>', "fetches “https://example.org/#a”"),
        (f'{HEAD}<rect fill="url(https://example.org/#a)"/></svg>', "“fill” holds “url("),
        (f"{HEAD}<rect fill=\"url('//example.org#a')\"/></svg>", "“fill” holds “url("),
        (f'{HEAD}<rect style="fill:\\75rl(//x)"/></svg>', "style=… holds “\\"),
        (f'{HEAD}<rect style="fill:u/**/rl(//x)"/></svg>', "style=… holds “/*"),
        (f"{HEAD}<style>@import 'https://example.org/a.css';</style></svg>", "<style> holds “@import"),
        (f"{HEAD}<style>@font-face {{ src: url(a.woff) }}</style></svg>", "<style> holds “@font-face"),
        (f"{HEAD}<style>a {{ background: URL( '//x' ) }}</style></svg>", "<style> holds “URL("),
        (f"{HEAD}<style>a {{ background: image-set('a.png' 1x) }}</style></svg>", "<style> holds “image-set("),
        (f"{HEAD}<style>/* a */ a {{ fill: url(a) }} /*</style></svg>", "<style> holds “url("),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>\n' + HEAD + "&a;</svg>", "1: a drawing cannot define names"),
        (f"\n\n<!doctype svg>{HEAD}</svg>", "3: a drawing cannot define names"),
        (f"{HEAD}&nbsp;</svg>", "1: the drawing cannot be read: entity 'nbsp' not defined"),
        (f'<?xml-stylesheet href="//x"?>{HEAD}</svg>', "1: a drawing cannot call other files"),
        (f"{HEAD}</svg><?php echo 1 ?>", "a drawing cannot call other files"),
        (f"{HEAD}\n<g>\n</svg>", "3: the drawing cannot be read: opening and ending tag mismatch"),
        (f"{HEAD}<rect width=3/></svg>", "the drawing cannot be read"),
        ("", "1: the file is empty"),
        (" \n\n", "1: the file is empty"),
        ("Hej", "the drawing cannot be read"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "1: it is not an SVG drawing, but a PNG picture"),
        (b"\xff\xd8\xff\xe0", "1: it is not an SVG drawing, but a JPEG picture"),
        (HEAD.encode("utf-16") + b"<\x00/\x00s\x00v\x00g\x00>\x00", "1: the drawing is not UTF-8"),
        # A reader that believed the file would see a script, and we would not.
        (f'<?xml version="1.0" encoding="UTF-7"?>{HEAD}<desc>+ADw-script/+AD4-</desc></svg>', "says that it is UTF-7"),
        ("<html><body/></html>", "1: the drawing begins with <html>"),
        ('<svg viewBox="0 0 640 360"/>', "1: the drawing begins with <svg>, not with <svg> of SVG"),
        (f'{HEAD}<g xmlns:i="http://www.inkscape.org/" i:label="x"/></svg>', "only a drawing program needs"),
        (f'{HEAD}<g srcset="x"/></svg>', "“srcset” is no attribute"),
        (f'{HEAD}<g xml:base="https://example.org/"/></svg>', "“base” is no attribute"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "1: the drawing has no viewBox"),
        (HEAD.replace("640", "x") + "</svg>", "1: the drawing has no viewBox"),
        (HEAD.replace("640", "-640") + "</svg>", "1: the drawing has no viewBox"),
        (f'{HEAD}<g id="a"><use href="#a"/></g></svg>', "the drawing holds itself"),
        (f'{HEAD}<pattern id="p"><rect fill="url(#p)"/></pattern></svg>', "the drawing holds itself"),
        (HEAD + "<g>" * 150 + "</g>" * 150 + "</svg>", "without end"),
    ],
)
def test_what_does_more_than_draw_is_told(drawing: str | bytes, message: str) -> None:
    assert [line for line in told(drawing) if message in line], told(drawing)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ('viewBox="0 0 640 480"', "viewBox is “0 0 640 480”; expected “0 0 640 360”"),
        ('viewBox="10 0 640 360"', "viewBox is “10 0 640 360”"),
        ('viewBox="0 0 640 360" width="300" height="300"', "do not fit its viewBox"),
        ('viewBox="0 0 640 360" width="10cm" height="5cm"', "do not fit its viewBox"),
        ('width="640" height="360"', "no viewBox"),
    ],
)
def test_a_cover_has_the_size_of_covers(head: str, message: str) -> None:
    found = told(f'<svg xmlns="http://www.w3.org/2000/svg" {head}/>', COVER)
    assert [line for line in found if message in line], found


@pytest.mark.parametrize(
    "head",
    [
        'viewBox="0 0 640 360"',
        'viewBox="0,0,640.0,360"',
        'viewBox="0 0 640 360" width="640" height="360"',
        'viewBox="0 0 640 360" width="320px" height="180px"',
        'viewBox="0 0 640 360" width="100%" height="100%"',
    ],
)
def test_a_cover_of_the_right_size_passes(head: str) -> None:
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {head}>'
    assert told(f'{start}<path d="M0 0h9"/></svg>', COVER) == []
    assert "nothing is drawn" in told(f"{start}<g/></svg>", COVER)[0]


def test_a_drawing_that_repeats_itself_too_often_is_told() -> None:
    """Nine levels of ten: a billion shapes in a kilobyte."""
    levels = "".join(f'<g id="l{n + 1}">' + f'<use href="#l{n}"/>' * 10 + "</g>" for n in range(9))
    found = told(f'{HEAD}<g id="l0"/>{levels}</svg>')
    assert [line for line in found if "shapes; expected at most 10000" in line], found
