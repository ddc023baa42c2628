"""Numbers are the same in whatever way they are written, and different where they are."""

from __future__ import annotations

from collections import Counter

import pytest

from conftest import real_library
from knowledge.checks.numbers import are_alike, compared, differing, numbers
from knowledge.content.prose import paragraphs, prose
from knowledge.core.language import LANGUAGES, Language, known

SAME = [
    ('![En dør](x.svg){ width="240" }', "![A door](x.svg)"),
    ("tolv studier", "12 studies"),
    ("12 studier", "twelve studies"),
    ("12 studier", "a dozen studies"),
    ("halvanden time", "1.5 hours"),
    ("1,5 time", "one and a half hours"),
    ("90 minutter", "an hour and a half"),
    ("halvandet år", "18 months"),
    ("et kvarter", "15 minutes"),
    ("15 minutter", "a quarter of an hour"),
    ("45 minutter", "three quarters of an hour"),
    ("tre kvarter", "45 minutes"),
    ("kl. 17.30", "5.30 pm"),
    ("kl. 17.30", "17:30"),
    ("17.30", "5:30 p.m."),
    ("kl. 8.30-16.00", "8.30 am to 4 pm"),
    ("kl. 9-17", "9 am–5 pm"),
    ("klokken 17", "5 o'clock"),
    ("halv seks", "17:30"),
    ("17.30", "half past five"),
    ("kl. 12", "noon"),
    ("midnat", "12 am"),
    ("kl. 22", "10 pm"),
    ("kl. 20", "8 in the evening"),
    ("kl. 20.30", "8.30 in the evening"),
    ("kl. 15", "three o’clock in the afternoon"),
    ("klokken otte om aftenen", "20:00"),
    ("klokken halv ni om aftenen", "20:30"),
    ("kl. 23", "11 at night"),
    ("klokken tre om natten", "three in the morning"),
    ("klokken 12 om natten", "midnight"),
    ("1990'erne", "the 1990s"),
    ("1990’erne", "the nineties"),
    ("90'erne", "the 1990s"),
    ("halvfemserne", "the 1990s"),
    ("det 19. århundrede", "the 19th century"),
    ("1800-tallet", "the 19th century"),
    ("1800-tallet", "the nineteenth century"),
    ("det tyvende århundrede", "the 20th century"),
    ("+45 70 20 12 01", "70 20 12 01"),
    ("70201201", "+45 70 20 12 01"),
    ("+4570201201", "70 20 12 01"),
    ("0045 70 201 201", "70 201 201"),
    ("70 201 201", "70 20 12 01"),
    ("1.546 mennesker", "1,546 people"),
    ("1 546 mennesker", "1,546 people"),
    ("1.200,50 kr.", "DKK 1,200.50"),
    ("1.200,-", "1,200"),
    ("1.200,00", "1,200"),
    ("1,2 millioner", "1.2 million"),
    ("1.200.000", "1.2 million"),
    ("8,5 mio.", "8.5 million"),
    ("20 tusind", "20,000"),
    ("20.000", "twenty thousand"),
    ("0,5", "half"),
    ("r = 0,29", "r = .29"),
    ("50 %", "half"),
    ("halvdelen", "50 per cent"),
    ("25 procent", "a quarter"),
    ("en fjerdedel", "25%"),
    ("en tredjedel", "33%"),
    ("to tredjedele", "67 %"),
    ("3/4", "three quarters"),
    ("tre ud af fire", "75%"),
    ("10 %", "one in ten"),
    ("2½ time", "two and a half hours"),
    ("to en halv time", "2.5 hours"),
    ("to og en halv time", "2½ hours"),
    ("en halv time", "30 minutes"),
    ("60 minutter", "an hour"),
    ("12 måneder", "a year"),
    ("14 dage", "two weeks"),
    ("14 dage", "a fortnight"),
    ("24 timer", "a day"),
    ("døgnet rundt", "24/7"),
    ("20. november 2026", "20 November 2026"),
    ("20.11.2026", "20 November 2026"),
    ("3. maj 2024", "May 3, 2024"),
    ("3. maj 2024", "the 3rd of May 2024"),
    ("den 1. april", "1 April"),
    ("den 12.-14. marts 2024", "12–14 March 2024"),
    ("fra 3. maj til 5. juni", "from 3 May to 5 June"),
    ("den 20. nov.", "20 Nov"),
    ("10 maj-dage", "10 days in May"),
    ("2026-11-20", "20/11/2026"),
    ("I 2019 12 personer", "In 2019, 12 people"),
    ("enogtyve", "21"),
    ("femogtredive", "thirty-five"),
    ("fireårig", "four-year"),
    ("hundrede", "100"),
    ("100", "a hundred"),
    ("112 mennesker", "one hundred and twelve people"),
    ("hundrede og tolv", "112"),
    ("18-24 år", "18 to 24"),
    ("10-12 gange", "ten to twelve times"),
    ("§ 12, stk. 3", "section 12(3)"),
    ("25 år", "a quarter of a century"),
    ("Det virker (b12)", "It works (B12)"),
    ("hver fjerde", "one in four"),
    ("hver fjerde", "25 per cent"),
    ("hver femte dansker", "a fifth of Danes"),
    ("en ud af fem", "one in five"),
    ("1 ud af 5", "one in five"),
    ("to ud af tre", "two in three"),
    ("to af tre", "two thirds"),
    ("hver anden uge", "every other week"),
    ("hver tredje dag", "every three days"),
    ("hver tredje gang", "every third time"),
    ("et af de fem trin", "one of the five steps"),
    ("for tredje gang", "once more"),
    ("en tredje person", "somebody else"),
    ("halvdelen", "one in two"),
    ("8 procent", "8%"),
    ("otte procent", "eight per cent"),
    ("20 minutter", "20 minutes"),
    ("20 minutter", "a 20-minute walk"),
    ("tre uger", "three weeks"),
    ("3 uger", "21 days"),
    ("12 måneder", "12 months"),
    ("5 timer", "at 5 o’clock"),
    ("ti minutter, ti gange", "ten minutes, ten times"),
    ("20 minutter to gange om dagen", "20 minutes twice a day"),
]
DIFFERENT = [
    ("12 studier", "21 studies"),
    ("12 studier", "thirteen studies"),
    ("tolv studier", "thirteen studies"),
    ("12 studier", "a year"),
    ("halvanden time i 12 uger", "2.5 hours for 13 weeks"),
    ("kl. 17.30", "6.30 pm"),
    ("kl. 20", "8 in the morning"),
    ("kl. 8 om morgenen", "20:00"),
    ("kl. 23", "11 in the morning"),
    ("kl. 8.30-16.00", "8.30 am to 5 pm"),
    ("1990'erne", "the 1980s"),
    ("1800-tallet", "the 18th century"),
    ("1.546", "1,564"),
    ("70 20 12 01", "70 20 12 10"),
    ("0,5", "0.6"),
    ("50 %", "a third"),
    ("20. november 2026", "21 November 2026"),
    ("90 minutter", "two hours"),
    ("112 mennesker", "one hundred and thirteen"),
    ("1,5", "15"),
    ("10,5", "105"),
    ("112", "113"),
    ("18-24", "18-25"),
    ("2019", "2020"),
    ("1.200.000", "1.2 billion"),
    ("35", "thirty-six"),
    ("femogtredive", "thirty-six"),
    ("12. marts 2024", "12 May 2024"),
    ("3. maj 2024", "5 March 2024"),
    ("den 3. maj", "on 3 June"),
    ("12.3.2024", "12 May 2024"),
    ("1. januar", "1 July"),
    ("hver fjerde", "one in five"),
    ("hver fjerde", "every fifth"),
    ("hver tredje", "half"),
    ("en ud af fem", "one in six"),
    ("to ud af tre", "three in four"),
    ("en fjerdedel", "a fifth"),
    ("to tredjedele", "two fifths"),
    ("halvdelen", "a third"),
    ("8 procent", "some of them"),
    ("8 %", "9 %"),
    ("otte procent", "nine per cent"),
    ("20 minutter", "20 hours"),
    ("tre uger", "three days"),
    ("6 måneder", "6 weeks"),
    ("12 uger", "12 months"),
]


def told(da: str, en: str) -> list[str]:
    """What one text holds and the other does not."""
    return [number.name for _, number in differing({"da": da, "en": en})]


@pytest.mark.parametrize(("da", "en"), SAME, ids=[f"{da} = {en}" for da, en in SAME])
def test_a_number_is_itself_in_the_other_notation(da: str, en: str) -> None:
    assert numbers(da, "da") or numbers(en, "en") or "24/7" in en or "b12" in da
    assert told(f"Her er {da}, ja.", f"Here is {en}, yes.") == []


@pytest.mark.parametrize(("da", "en"), DIFFERENT, ids=[f"{da} ≠ {en}" for da, en in DIFFERENT])
def test_another_number_is_another(da: str, en: str) -> None:
    assert told(f"Her er {da}, ja.", f"Here is {en}, yes.")
    assert not are_alike({"da": da, "en": en})


UNHEARD = [
    ("Hver tredje har det.", "Var tredje har det."),
    ("Tolv mennesker svarede.", "Tolv människor svarade."),
    ("12 mennesker svarede.", "Tolv människor svarade."),
    ("Vent 14 dage.", "Vänta två veckor."),
    ("Det gjaldt tre ud af fire.", "Det gällde tre av fyra."),
    ("Det koster 900-1.199 kroner.", "Det kostar 900–1 199 kronor."),
    ("Det kostede £900 og 900 kr.", "Det kostade 900 pund och 900 kr."),
]


@pytest.mark.parametrize(("da", "sv"), UNHEARD, ids=[da for da, _ in UNHEARD])
def test_a_language_whose_words_nobody_has_listed_may_say_a_number_in_words(da: str, sv: str) -> None:
    assert [number.name for _, number in differing({"da": da, "sv": sv})] == []
    assert [number.name for _, number in differing({"sv": sv, "da": da})] == []


def test_a_figure_that_such_a_language_alone_has_is_told() -> None:
    texts = {"da": "Det gjaldt 67 mennesker.", "sv": "Det gällde 76 människor."}
    assert [(lang, number.name) for lang, number in differing(texts)] == [("sv", "76")]


def test_a_length_of_time_is_told_with_its_unit() -> None:
    assert told("Det tager 20 minutter.", "It takes 20 hours.") == ["20 minutter", "20 hours"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("12 studier, 1.200 svar og 0,5", [("12", 0), ("1200", 12), ("0.5", 26)]),
        ("Først\n\n10. et punkt\n11. 13 punkter", [("13", 24)]),
        ("10. et punkt", []),
        ("10. november er en dag", [("10. november", 0)]),
        ("Et tal: 10. Så et punkt", [("10", 8)]),
        ("[to](to-22.da.md#tre-33) {#fire-44} [@fem1955; @seks1966]\n77", [("77", 58)]),
        ("[1]: https://example.org/2019\n\nSe [her][1], og https://example.org/44", []),
        ("en (12) og 7 og b12", [("12", 4)]),
        ("tolv og femogtredive", [("tolv", 0), ("femogtredive", 8)]),
    ],
)
def test_numbers_are_found_where_a_reader_sees_them(text: str, places: list[tuple[str, int]]) -> None:
    assert [(number.name, number.start) for number in numbers(text, "da") if number.is_claim] == places


WORST = [
    *[
        "1",
        "11 ",
        "1.",
        "1,",
        "+45 ",
        "+1",
        "1/",
        "[@",
        "](",
        "{#",
        "[1]:",
        "to ",
        "tolv hundrede ",
        "million ",
        "kl. 1",
        "'90",
    ],
    *["https://", "½", "12 million million ", "half ", "a ", "halv "],
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("piece", WORST)
def test_200_kb_of_the_worst_are_read(lang: Language, piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    for number in numbers(text, lang):
        assert text.startswith(number.written, number.start)


def test_a_glance_lets_nothing_pass_that_is_compared() -> None:
    """Whatever a kind's patterns find in the articles has a word beside it without which it is not looked for."""
    found, passed = Counter[Language](), []
    for translation in real_library().translations():
        for text, _ in paragraphs(prose(translation.body)):
            lang = translation.lang
            kinds = [(listed, kind) for listed in ("compares", "opposites") for kind in known(lang)[listed]]
            held = compared._held(text, lang, "compares") | compared._held(text, lang, "opposites")
            for listed, kind in kinds:
                said = compared._found(text.lower(), lang, listed, kind)
                found[lang] += any(said.values())
                passed += [(lang, kind, said)] if any(said.values()) and kind not in held else []
    assert min(found[lang] for lang in LANGUAGES) > 300
    assert passed == []
