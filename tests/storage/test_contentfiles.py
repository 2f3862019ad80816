"""What somebody who edits the content is told."""

from datetime import date, time
from pathlib import Path

import pytest

from alliance.when import When
from storage import contentfiles
from storage.contentfiles import ContentErrors
from tests.storage.small import COMMUNITY, COUNTRIES, EVENTS, GROUPS, OBSERVANCES, REGIONS, content, write

RULE = "FREQ=MONTHLY;BYDAY=2TU;COUNT=4"


def line(text: str, part: str) -> int:
    """The number of the line that begins with this part, after its indent."""
    return next(number for number, words in enumerate(text.splitlines(), 1) if words.strip(" -{").startswith(part))


def told(folder: Path, **texts: str) -> list[str]:
    """All that the check says of the small content with these changes."""
    with pytest.raises(ContentErrors) as caught:
        content(folder, **texts)
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return str(caught.value).splitlines()


def test_good_content_is_read_whole(tmp_path: Path) -> None:
    read = content(tmp_path)
    assert [len(part) for part in (read.community, read.regions, read.themes, read.groups, read.countries)] == [
        1, 2, 2, 1, 2
    ]  # fmt: skip
    assert [event.slug for event in read.events] == ["nepal-workshop", "abidjan-workshop", "hlpf", "migration-call"]
    assert [day.slug for day in read.observances] == ["world-day-against-child-labour", "migrants-day"]


def test_a_time_of_day_needs_no_quotes(tmp_path: Path) -> None:
    call = content(tmp_path).events[3]
    assert call.when == When(
        date(2019, 4, 9), date(2019, 4, 9), starts=time(10, 30), ends=time(11, 30), zone="Europe/Zurich"
    )


def test_the_code_of_norway_is_no_truth_value(tmp_path: Path) -> None:
    assert content(tmp_path, countries=COUNTRIES.replace("NP", "NO")).countries[0].code == "NO"


def test_a_day_that_does_not_exist_is_named_with_file_line_and_field(tmp_path: Path) -> None:
    events = EVENTS.replace("dates: 2019-05-14", "dates: 2019-13-01")
    assert told(tmp_path, events=events) == [
        f"events.yml:{line(events, 'dates: 2019-13')}: dates: '2019-13-01' is not a day of the calendar"
    ]


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    regions = REGIONS.replace("fr: Afrique, ", "")
    groups = GROUPS.replace("status: active", "status: asleep\n  colour: green")
    countries = COUNTRIES.replace("region: africa", "region: afrika")
    events = EVENTS.replace("zone: Europe/Zurich", "zone: Europe/Geneva").replace("[nepal]", "[nepal, tibet]")
    observances = OBSERVANCES.replace("month: 6", "month: 2").replace("day: 12", "day: 30")
    assert told(
        tmp_path, regions=regions, groups=groups, countries=countries, events=events, observances=observances
    ) == [
        f"regions.yml:{line(regions, 'name: {en: Africa')}: name.fr: the French text is missing",
        f"groups.yml:{line(groups, 'status')}: status: must be 'active', 'starting' or 'waiting_for_chair'",
        f"groups.yml:{line(groups, 'colour')}: colour: "
        "there is no such field here: check its spelling, or look at an entry that is right",
        f"countries.yml:{line(countries, 'region: afrika')}: region: 'afrika' is not in regions.yml",
        f"events.yml:{line(events, 'countries: [nepal')}: countries.2: 'tibet' is not in countries.yml",
        f"events.yml:{line(events, 'zone')}: zone: 'Europe/Geneva' is not an IANA time zone: "
        "write for example Europe/Zurich",
        f"observances.yml:{line(observances, 'slug: world')}: day is out of range for month",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- slug: [", "events.yml:2: is not YAML: did not find expected node content"),
        ("slug: nepal", "events.yml:1: must be a list: each entry begins with '- slug: …'"),
        ("- nepal", "events.yml:1: must have fields of its own, each on a line such as 'en: …'"),
        ("a\0b", "events.yml:1: is not YAML: control characters are not allowed"),
    ],
)
def test_what_is_no_content_at_all_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert told(tmp_path, events=text) == [message]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("slug: hlpf", "slug: High Level",
         "slug: must be small letters, digits and single hyphens, such as nepal-workshop"),
        ("regions: [africa]", "regions: africa", "regions: must be a list, of lines that begin with '- '"),
        ("regions: [africa]", "regions: [Africa!]",
         "regions.1: must be small letters, digits and single hyphens, such as nepal-workshop"),
        ("confirmed: false", "confirmed: perhaps", "confirmed: must be true or false"),
        ("section: Forum", "section: 2019", "section: must be text; put it between quotes if it is only a number"),
        ("section: Forum", "section: ''", "section: is empty"),
        ("section: Forum", "section: " + "a" * 1501, "section: is longer than 1500 characters"),
        ("starts: 10:30", "starts: half past ten", "starts: must be a time of day such as 15:00"),
        ("day: 2019-06-11", "day: second Tuesday", "changes.2.day: must be a day such as 2019-04-17"),
        ("summary: {en: In New York.,", "link: www.un.org\n  summary: {en: In New York.,",
         "link: must be an address that begins with https:// and has no spaces"),
        ("place: {en: Kathmandu, fr: Katmandou, es: Katmandú}", "place: Kathmandu",
         "place: must have fields of its own, each on a line such as 'en: …'"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_without_a_programmer_s_words(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    [said] = told(tmp_path, events=EVENTS.replace(right, wrong))
    assert said.split(": ", 1)[1] == message


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("month: 12", "month: 13", "month: must not be more than 12"),
        ("month: 12", "month: December", "month: must be a whole number"),
        ("since: 2018", "since: 18", "since: must not be less than 1800"),
    ],
)
def test_a_number_that_cannot_be_is_told(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    [said] = told(tmp_path, observances=OBSERVANCES.replace(right, wrong))
    assert said.split(": ", 1)[1] == message


def test_a_folder_that_is_not_there_gets_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors) as caught:
        contentfiles.read(tmp_path / "contents")
    assert str(caught.value) == (
        f"{tmp_path / 'contents'}: there is no such folder. "
        "Name the one with your files: --folder, or the setting ALLIANCE_CONTENT"
    )


def test_a_missing_file_and_one_in_another_encoding_are_named(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "events.yml").unlink()
    (tmp_path / "observances.yml").write_bytes("- slug: été".encode("latin-1"))
    with pytest.raises(ContentErrors) as caught:
        contentfiles.read(tmp_path)
    assert str(caught.value).splitlines() == [
        "events.yml:1: cannot be read: No such file or directory",
        "observances.yml:1: is not UTF-8 text",
    ]


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert content(tmp_path, events="# nothing yet\n").events == ()


def test_a_slug_is_used_once_also_between_events_and_observances(tmp_path: Path) -> None:
    countries = COUNTRIES.replace("slug: cote-d-ivoire", "slug: nepal")
    observances = OBSERVANCES.replace("slug: migrants-day", "slug: hlpf")
    abidjan = line(EVENTS, "countries: [cote-d-ivoire]")
    second = line(observances, "slug: hlpf")
    assert told(tmp_path, countries=countries, observances=observances) == [
        "countries.yml:9: slug: 'nepal' is already the slug of the entry at countries.yml:2",
        f"events.yml:{abidjan}: countries.1: 'cote-d-ivoire' is not in countries.yml",
        f"observances.yml:{second}: slug: 'hlpf' is already the slug of the entry at "
        f"events.yml:{line(EVENTS, 'slug: hlpf')}",
    ]


def test_a_field_that_stands_twice_is_not_silently_dropped(tmp_path: Path) -> None:
    groups = GROUPS + "  progress: []\n  progress: []\n"
    assert told(tmp_path, groups=groups) == [f"groups.yml:{line(groups, 'progress') + 1}: progress: stands here twice"]


def test_there_is_one_community(tmp_path: Path) -> None:
    two = COMMUNITY + COMMUNITY.replace("slug: alliance", "slug: other")
    assert told(tmp_path, community=two) == [
        f"community.yml:{line(two, 'slug: other')}: slug: there is only one community"
    ]
    assert told(tmp_path, community="") == ["community.yml:1: the community itself is missing"]


def test_a_series_must_be_able_to_run(tmp_path: Path) -> None:
    rule = f"events.yml:{line(EVENTS, 'rule')}: rule: "
    assert told(tmp_path, events=EVENTS.replace(RULE, "FREQ=DAILY")) == [
        f"{rule}more than 2000 occurrences between 2019-04-09 and 2034-04-12"
    ]
    assert told(tmp_path, events=EVENTS.replace(RULE, "every second Tuesday")) == [
        f"{rule}'every second Tuesday' is not a rule of days, weeks, months or years: "
        "write for example FREQ=MONTHLY;BYDAY=2TU"
    ]
    never = EVENTS.replace(RULE, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert told(tmp_path, events=never) == [f"{rule}the rule gives no day between 2019-04-09 and 2034-04-12"]
    assert told(tmp_path, events=EVENTS.replace("dates: 2019-04-09", "dates: 2019-04")) == [
        f"events.yml:{line(EVENTS, 'dates: 2019-04-09')}: dates: the first day of a series must be a certain day"
    ]


def test_a_change_must_meet_a_day_of_the_series(tmp_path: Path) -> None:
    events = EVENTS.replace("day: 2019-06-11", "day: 2019-06-12")
    assert told(tmp_path, events=events) == [
        f"events.yml:{line(events, 'day: 2019-06-12')}: changes.2.day: the rule gives no occurrence on 2019-06-12"
    ]
    events = EVENTS.replace(f"  rule: {RULE}\n", "")
    assert told(tmp_path, events=events) == [
        f"events.yml:{line(events, 'day: 2019-05-14')}: changes: "
        "only a series (with a rule) has changes: change its dates instead"
    ]


def test_a_change_must_make_sense_in_itself(tmp_path: Path) -> None:
    events = EVENTS.replace("{day: 2019-06-11, cancelled: true}", "{day: 2019-06-11, ends: 12:00}").replace(
        "moved_to: 2019-05-21", "moved_to: 2019-05-21..2021-05-21"
    )
    assert told(tmp_path, events=events) == [
        f"events.yml:{line(events, 'day: 2019-05-14')}: changes.1.moved_to: "
        "more than 366 days: write the first day, or several events",
        f"events.yml:{line(events, 'day: 2019-06-11')}: changes.2.ends: an end time needs a start time before it",
    ]
    events = EVENTS.replace("  starts: 10:30\n  ends: 11:30\n  zone: Europe/Zurich\n", "")
    assert told(tmp_path, events=events) == [
        f"events.yml:{line(events, 'day: 2019-05-14')}: changes.1.starts: a time of day needs the zone of the series"
    ]


def test_an_event_lasts_a_year_at_most(tmp_path: Path) -> None:
    assert told(tmp_path, events=EVENTS.replace("2019-02-07..2019-02-08", "2019-02-07..2020-02-08")) == [
        "events.yml:6: dates: more than 366 days: write the first day, or several events"
    ]


def test_the_digest_changes_with_every_file(tmp_path: Path) -> None:
    before = contentfiles.digest(write(tmp_path / "a"))
    assert contentfiles.digest(write(tmp_path / "b")) == before == content(tmp_path / "a").digest
    assert contentfiles.digest(write(tmp_path / "b", events=EVENTS + "# checked\n")) != before
