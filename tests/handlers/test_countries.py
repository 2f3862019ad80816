"""Countries: the list by region, and everything of one country."""

from tests.handlers.desk import Desk, buttons, options, shown

AFRICA = [
    "Africa",
    "- Madagascar (pathfinder country)",
    "- Mauritania (pathfinder country)",
    "- Tunisia (pathfinder country)",
    "- Uganda",
    "- Nigeria",
    "- African Union",
]


async def test_all_countries_stand_under_their_regions(desk: Desk) -> None:
    answer = await desk.type("countries")
    assert shown(answer).split("\n") == [
        "Countries",
        *AFRICA,
        "Americas",
        "- Chile (pathfinder country)",
        "Asia and the Pacific",
        "- Nepal (pathfinder country)",
        "- Vietnam (pathfinder country)",
        "- Fiji",
        "Europe and Central Asia",
        "- Albania",
        "Open a country to see its workshops, its priorities and its next steps.",
        "[Share in this channel]",
    ]
    assert options(answer)["Nepal"] == "countries|nepal|"


async def test_a_region_in_any_language_shows_its_countries(desk: Desk) -> None:
    for words in ("countries africa", "pays Afrique", "países áfrica"):
        assert shown(await desk.type(words)).split("\n")[:8] == ["Countries: Africa", *AFRICA]


async def test_a_country_with_its_workshop_participants_and_priorities(desk: Desk) -> None:
    lines = shown(await desk.type("country mauritania")).split("\n")
    assert lines[:2] == ["Mauritania", "Africa. Pathfinder country."]
    at = lines.index("Workshops and events")
    assert lines[at + 1 : at + 3] == [
        "- Pathfinder Country Strategic Workshop: Mauritania | 4 March 2019 · Mauritania",
        "- Second workshop: Mauritania | Before July 2019 · Mauritania",
    ]
    assert lines[lines.index("Who took part") + 1] == "- Stakeholders"
    assert lines[lines.index("Priorities") + 1] == "- Implement the National Plan to Eradicate Forced Labour."
    assert lines[lines.index("Geographic priorities") + 2] == (
        "- The Adrar region, due to the high prevalence of child labour."
    )


async def test_every_country_opens_from_the_menu(desk: Desk) -> None:
    for name, value in options(await desk.type("countries")).items():
        reply = await desk.click("ask.open:country", value, chosen=True)
        assert reply.respond is not None
        assert shown(reply.respond).split("\n")[0] == name


async def test_the_country_page_leads_back_to_its_region(desk: Desk) -> None:
    page = await desk.type("país nepal")
    reply = await desk.click(*buttons(page)["Asia and the Pacific"])
    assert reply.respond is not None
    assert shown(reply.respond).split("\n")[0] == "Countries: Asia and the Pacific"


async def test_an_unknown_country_gets_the_nearest_and_all(desk: Desk) -> None:
    answer = await desk.type("country nepal valley")
    assert list(buttons(answer))[:1] == ["Nepal"]
    assert shown(await desk.type("country 🙂")).split("\n") == ["I do not know “🙂”.", "[Show all]"]
