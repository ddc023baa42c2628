"""The rule on a public address, which a build finds: see `knowledge.content.public`."""

from __future__ import annotations

from .rule import Explanation, Rule

PUBLIC = Rule(
    "public",
    "error",
    "SITE_URL=https://trinvis.example/ make build (uden email i mkdocs.yml)",
    Explanation(
        "Den, der læser om sit helbred, skal kunne se, hvem der står bag, og kunne melde en fejl. En side til en "
        "offentlig adresse bliver derfor ikke bygget, før ejeren har skrevet det.",
        "Skriv publisher: email: i mkdocs.yml, og udfyld ejerens to afsnit på siden Om på begge sprog: {#who} og "
        "{#interests}.",
    ),
    Explanation(
        "Whoever reads about their health must see who is behind it, and be able to report a mistake. So a site for a "
        "public address is not built until the owner has written that.",
        "Write publisher: email: in mkdocs.yml, and fill in the owner's two sections of the page About in both "
        "languages: {#who} and {#interests}.",
    ),
)
