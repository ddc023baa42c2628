"""Rules that are declared here and found elsewhere: while files are read, in settings, and by other commands."""

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
        "Write the missing file, fix the name so that it ends in .da.md or .en.md, or delete the copy.",
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
FILE = Rule(
    "file",
    "error",
    "docs/alliance/noter.docx",
    Explanation(
        "Alt, hvad der ligger i docs/, bliver en del af sitet. Derfor må kun sider, billeder, lyd, film og PDF ligge "
        "der: ingen programmers arbejdsfiler, genveje eller filer, som ingen browser kan vise.",
        "Gem filen, som beskeden siger, giv den det navn, beskeden foreslår, eller slet den.",
    ),
    Explanation(
        "What lies in docs/ becomes part of the site. So only pages, pictures, sound, films and PDFs may lie there: no "
        "program's working files, no links to other places, nothing that no browser can show.",
        "Save the file as the message says, give it the name that it proposes, or delete it.",
    ),
)
DRAWING = Rule(
    "drawing",
    "error",
    '<svg …><script>…</script></svg>, eller viewBox="0 0 640 480" på en forside',
    Explanation(
        "En SVG-tegning er et dokument, der kan køre programmer og hente noget udefra. Her tegner den og gør intet "
        "andet. Forsider er 640 gange 360.",
        "Gem tegningen som »almindelig SVG«, og slet det, som beskeden nævner.",
    ),
    Explanation(
        "An SVG drawing is a document that can run programs and fetch things from elsewhere. Here it draws and does "
        "nothing else. Covers are 640 by 360.",
        "Save the drawing as “Plain SVG”, and delete what the message names.",
    ),
)
HTML = Rule(
    "html",
    "error",
    "Det er <b>vigtigt</b>",
    Explanation(
        "HTML kan ødelægge en side, dens tilgængelighed og dens sikkerhed. Det kan Markdown ikke. Heller ikke krøllede "
        "parenteser og adresser kan få siden til at køre noget.",
        "Skriv Markdown: **vigtigt**. Skal der stå et <, så skriv &lt;.",
    ),
    Explanation(
        "Raw HTML can break a page, its accessibility and its security policy; Markdown cannot. Nor can braces or "
        "addresses make a page run anything.",
        "Write Markdown: **vigtigt**. For a plain < write &lt;.",
    ),
)
SHOWS_DIFFERENTLY = Rule(
    "shows-differently",
    "error",
    "[læs mere](en adresse med mellemrum), som er et link på siden og ikke på GitHub",
    Explanation(
        "Det, du ser, når GitHub viser din fil, skal læserne også se. Lister, tabeller, fodnoter og bokse bliver vist "
        "ens begge steder, også når de er skrevet på GitHubs måde. Det, der ikke kan, får du at vide her.",
        "Skriv det, som beskeden siger. `make format` retter det, der kan rettes uden dig.",
    ),
    Explanation(
        "What you see when GitHub shows your file, readers must see too. Lists, tables, footnotes and boxes are shown "
        "alike in both places, also where they are written GitHub's way. What cannot be is said here.",
        "Write what the message says. `make format` writes what can be written without you.",
    ),
)
MARKUP_LEFT = Rule(
    "markup-left",
    "error",
    "**Bemærk:**at stjernerne står der",
    Explanation(
        "Stjerner, klammer og andre tegn, der skulle være blevet til noget, står som tegn i læserens tekst. En "
        "henvisning, der er skrevet forkert, er væk uden at nogen ser det.",
        "Skriv det, som beskeden siger. Skal tegnet ses, så skriv \\ foran.",
    ),
    Explanation(
        "Stars, brackets and other marks that were to become something stand as marks in what readers see. A citation "
        "that is written wrongly is lost, and nobody notices.",
        "Write what the message says. For a mark that is to be seen, write \\ before it.",
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
        "Delete the allowance, or fix its words so that they stand in the message or on the line that it names.",
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
        "Write the page in both languages, or fix the list in mkdocs.yml.",
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


CONFIG = Rule(
    "config",
    "error",
    "docs_dir: tekster (og den mappe er der ikke)",
    Explanation(
        "mkdocs.yml bestemmer, hvad sitet er lavet af. Kan den ikke læses, bliver der intet site.",
        "Ret linjen, som beskeden siger.",
    ),
    Explanation(
        "mkdocs.yml says what the site is made of. Where it cannot be read, there is no site.",
        "Correct the line as the message says.",
    ),
)
TEMPLATE = Rule(
    "template",
    "error",
    "{{ view.titel }}",
    Explanation(
        "En skabelon viser kun det, siden giver den. Et navn, der er stavet forkert, bliver til ingenting eller "
        "stopper sitet.",
        "Skriv navnet, som beskeden foreslår. Navnene står i hooks/knowledge/pages/view.py.",
    ),
    Explanation(
        "A template shows only what the page gives it. A name that is misspelt becomes nothing, or stops the build.",
        "Write the name that the message proposes. The names stand in hooks/knowledge/pages/view.py.",
    ),
)
STRINGS = Rule(
    "strings",
    "error",
    'minutes: "{minuts} min."',
    Explanation(
        "Brugerfladens ord står i overrides/strings/, med de samme nøgler og de samme felter på alle sprog. Mangler et "
        "ord, mangler det på siden.",
        "Skriv nøglen i begge filer, med de samme felter: {minutes}.",
    ),
    Explanation(
        "The interface's words stand in overrides/strings/, with the same keys and blanks in all languages. Where one "
        "is missing, it is missing on the page.",
        "Write the key in both files, with the same blanks: {minutes}.",
    ),
)
LOOKS = Rule(
    "looks",
    "error",
    "overrides/ uden assets/icon.svg",
    Explanation(
        "Nogle filer i overrides/ kan sitet ikke undvære, og alt i overrides/assets/ bliver lagt ud.",
        "Læg filen tilbage, eller slet den, som beskeden siger.",
    ),
    Explanation(
        "Some files of overrides/ the site cannot do without, and everything in overrides/assets/ is published.",
        "Put the file back, or delete it, as the message says.",
    ),
)
STYLE = Rule(
    "style",
    "error",
    ".card { color: var(--akcent); (og ingen })",
    Explanation(
        "En browser springer over det, den ikke forstår i et typografiark, uden at sige noget.",
        "Ret linjen, som beskeden siger.",
    ),
    Explanation(
        "A browser passes over what it does not understand in a style sheet, without a word.",
        "Correct the line as the message says.",
    ),
)
SCRIPT = Rule(
    "script",
    "error",
    "const count = (1;",
    Explanation(
        "Kan en browser ikke læse et script, virker intet af det.",
        "Ret linjen, eller den parentes eller det anførselstegn, der mangler før den.",
    ),
    Explanation(
        "Where a browser cannot read a script, nothing of it works.",
        "Correct the line, or the bracket or quotation mark that is missing before it.",
    ),
)


def _setting(name: str, example: str, da: str, en: str) -> Rule:
    """The rule of a section below `extra` of mkdocs.yml, whose problems carry the section's name."""
    return Rule(
        name,
        "error",
        example,
        Explanation(da, f"Ret afsnittet {name} i mkdocs.yml, som beskeden siger."),
        Explanation(en, f"Fix the section {name} of mkdocs.yml as the message says."),
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
BLOCK = _setting(
    "block",
    "show: ja",
    "En blok viser det, som dens indstillinger i mkdocs.yml siger. Er en af dem forkert, er blokken det også.",
    "A block shows what its settings in mkdocs.yml say. Where one of them is wrong, so is the block.",
)
TRAINING_CLIENT = _setting(
    "training_client",
    "link: klinik.example",
    "Den, der melder sig som øveklient, skal vide, hvem der får beskeden, og beskeden skal nå frem.",
    "Whoever signs up as a training client must know who gets the message, and the message must arrive.",
)
