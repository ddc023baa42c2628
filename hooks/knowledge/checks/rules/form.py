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
    "certainty: E",
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
PUBLISHED = Rule(
    "published",
    "error",
    "En ny slug uden den gamle adresse under aliases",
    Explanation(
        "Andre har gemt og linket til sidens adresse. Flytter siden, skal den gamle adresse føre til den nye.",
        "Skriv den gamle adresse under aliases, som beskeden siger.",
    ),
    Explanation(
        "Others have kept the page's address. Where the page moves, the old address must lead to the new one.",
        "Write the old address below aliases, as the message says.",
    ),
)
SEARCH = Rule(
    "search",
    "error",
    "En skabelon uden data-pagefind-body",
    Explanation(
        "Søgningen læser den del af siden, som skabelonen mærker. Uden mærket findes siden ikke.",
        "Mærk sidens artikel, og intet andet, i skabelonen.",
    ),
    Explanation(
        "The search reads the part of the page that its template marks. Without the mark the page is not found.",
        "Mark the page's article, and nothing else, in the template.",
    ),
)
EXTERNAL = Rule(
    "external-link",
    "error",
    "[Etikregler](https://example.org/slettet)",
    Explanation(
        "Et link til en side, der er væk, hjælper ingen. Kun make links ser efter, for resten bruger intet net.",
        "Find sidens nye adresse, eller slet linket. En advarsel betyder, at siden ikke svarede eller er flyttet.",
    ),
    Explanation(
        "A link to a page that is gone helps nobody. Only make links looks, because nothing else uses the network.",
        "Find the page's new address, or delete the link. A warning says that it did not answer or has moved.",
    ),
)


def _setting(name: str, example: str, da: str, en: str) -> Rule:
    """The rule of a section below `extra` of mkdocs.yml, whose problems carry the section's name."""
    return Rule(
        name,
        "error",
        example,
        Explanation(da, f"Ret afsnittet {name} i mkdocs.yml, som beskeden siger."),
        Explanation(en, f"Mend the section {name} of mkdocs.yml as the message says."),
    )


NEWSLETTER = _setting(
    "newsletter",
    "provider: mailchip",
    "En tilmelding, der ikke virker eller ikke følger loven, er værre end ingen.",
    "A sign-up form that does not work, or does not follow the law, is worse than none.",
)
COMMENTS = _setting(
    "comments",
    "server: comments.example",
    "Kommentarer går til en server, som læseren skal kende. Uden den rigtige adresse når de aldrig frem.",
    "Comments go to a server that the reader must know of. Without its right address they never arrive.",
)
TRAINING_CLIENT = _setting(
    "training_client",
    "address: klinik.example",
    "Den, der melder sig som øveklient, skal vide, hvem der får beskeden, og beskeden skal nå frem.",
    "Whoever signs up as a training client must know who gets the message, and the message must arrive.",
)
