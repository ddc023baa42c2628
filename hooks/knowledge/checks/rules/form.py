"""Rules on form: what is found while files are read, before there is a library."""

from __future__ import annotations

from .rule import Explanation, Rule

PAIR = Rule(
    "pair",
    "error",
    "docs/alliance/kemi.da.md uden docs/alliance/kemi.en.md, eller kemi (1).da.md",
    Explanation(
        "Hver artikel er et par af filer, én på dansk og én på engelsk, og filens navn siger sproget. Kopier, som "
        "browsere og andre programmer lægger ved siden af, er ingen sider.",
        "Skriv den fil, der mangler, ret navnet, så det ender på .da.md eller .en.md, eller slet kopien.",
    ),
    Explanation(
        "Every article is a pair of files, one in Danish and one in English, and the file's name says which. Copies "
        "that browsers and other programs leave beside them are no pages.",
        "Write the missing file, mend the name so that it ends in .da.md or .en.md, or delete the copy.",
    ),
)
CONFLICT = Rule(
    "conflict",
    "error",
    "<<<<<<< HEAD",
    Explanation(
        "Har to rettet det samme, skriver git begge udgaver i filen med mærker imellem. Nogen skal vælge.",
        "Behold de linjer, der er rigtige, og slet mærkerne.",
    ),
    Explanation(
        "Where two people have changed the same, git writes both versions with marks between them. Somebody must "
        "choose.",
        "Keep the lines that are right, and delete the marks.",
    ),
)
INVISIBLE = Rule(
    "invisible",
    "error",
    "Et blødt bindestreg midt i et ord, eller et hårdt mellemrum efter ##",
    Explanation(
        "Tegn, som ingen ser, følger med, når man kopierer fra andre programmer. Søgning, stavekontrol og overskrifter "
        "snubler over dem.",
        "Slet tegnet, eller skriv ordene forfra.",
    ),
    Explanation(
        "Characters that nobody sees come along when one copies from other programs. Search, spelling and headings "
        "stumble on them.",
        "Delete the character, or write the words anew.",
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
ALLOW = Rule(
    "allow",
    "error",
    "allow: [{rule: figures, text: 12, why: Tallet gælder kun Danmark}] (og kontrollen finder intet ved 12)",
    Explanation(
        "Ved du bedre end en regel, så skriv det under allow med reglens navn, ordene og en grund. Så tier den ét "
        "sted. En undtagelse, som ikke længere er nødvendig, kan dække over en ny fejl.",
        "Slet undtagelsen, eller ret dens ord, så de står i beskeden eller på den linje, beskeden nævner.",
    ),
    Explanation(
        "Where you know better than a rule, say so below allow, with the rule's name, the words and a reason. Then it "
        "is silent in one place. An allowance that is needed no more may hide a new mistake.",
        "Delete the allowance, or mend its words so that they stand in the message or on the line that it names.",
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
    "isso: comments.example",
    "Kommentarer går til en server, som læseren skal kende. Uden den rigtige adresse når de aldrig frem.",
    "Comments go to a server that the reader must know of. Without its right address they never arrive.",
)
TRAINING_CLIENT = _setting(
    "training_client",
    "link: klinik.example",
    "Den, der melder sig som øveklient, skal vide, hvem der får beskeden, og beskeden skal nå frem.",
    "Whoever signs up as a training client must know who gets the message, and the message must arrive.",
)
