"""Rules on form: what is found while files are read, before there is a library."""

from __future__ import annotations

from .rule import Explanation, Rule

PAIR = Rule(
    "pair",
    "error",
    "docs/alliance/kemi.da.md uden docs/alliance/kemi.en.md",
    Explanation(
        "Hver artikel er et par af filer, én på dansk og én på engelsk, og filens navn siger sproget.",
        "Skriv den fil, der mangler, eller ret navnet, så det ender på .da.md eller .en.md.",
    ),
    Explanation(
        "Every article is a pair of files, one in Danish and one in English, and the file's name says which.",
        "Write the missing file, or mend the name so that it ends in .da.md or .en.md.",
    ),
)
DATA = Rule(
    "data",
    "error",
    "grade: E",
    Explanation(
        "Begreber, kilder og hjælpelinjer bruges på mange sider, så en fejl i docs/data/ rammer dem alle.",
        "Skriv posten, som posterne omkring den er skrevet.",
    ),
    Explanation(
        "Concepts, sources and help lines are used on many pages, so a mistake in docs/data/ hits them all.",
        "Write the record as the records around it are written.",
    ),
)
PAGES = Rule(
    "pages",
    "error",
    "footer: [hjaelp]",
    Explanation(
        "Menuen, sidefoden og skabelonerne linker til bestemte sider, som derfor skal være der.",
        "Skriv siden på begge sprog, eller ret listen i mkdocs.yml.",
    ),
    Explanation(
        "The menu, the footer and the templates link to certain pages, so these must be there.",
        "Write the page in both languages, or mend the list in mkdocs.yml.",
    ),
)
NEWSLETTER = Rule(
    "newsletter",
    "error",
    "provider: mailchip",
    Explanation(
        "En tilmelding, der ikke virker eller ikke følger loven, er værre end ingen.",
        "Ret afsnittet newsletter i mkdocs.yml, som beskeden siger.",
    ),
    Explanation(
        "A sign-up form that does not work, or does not follow the law, is worse than none.",
        "Mend the section newsletter of mkdocs.yml as the message says.",
    ),
)
