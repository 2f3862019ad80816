"""The forms of a newsletter: its title and readers, a section in three languages side by side, a Markdown file."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from alliance.addresses import AddressState
from alliance.edition import LONGEST_ALT, LONGEST_BODY, LONGEST_HEADING, LONGEST_TITLE
from alliance.languages import LANGUAGES
from alliance.newsletters import EVERYBODY, GROUP, Choice, Issue, Timing
from handlers.answers import Modal
from handlers.call import PictureTrouble
from handlers.tongue import Tongue
from handlers.views import fields, kit
from handlers.views.newsletterwords import issues
from storage.addresses import MailReader
from storage.entries import Group
from storage.values import ChannelSettings

SAVE_SETTINGS, SAVE_SECTION, SAVE_FILE, SAVE_CHOICES, SAVE_ADDRESSES, SAVE_DIGEST, SAVE_BREAKING = (
    "newsletter.save_settings", "newsletter.save_section", "newsletter.save_file", "newsletter.save_choices",
    "newsletter.save_addresses", "newsletter.save_digest", "newsletter.save_breaking",
)  # fmt: skip
ISSUE, ORIGINAL, WAIVED, CHANNELS, MEMBERS, MAIL, TIMING, DAY, TIME = (
    "issue", "original", "waived", "channels", "members", "mail", "timing", "day", "time",
)  # fmt: skip
TITLE, HEADING, BODY, PICTURE, ALT, FILE, ADDRESS, LINES, OUT, PARTS = (
    "title", "heading", "body", "picture", "alt", "file", "address", "lines", "out", "parts",
)  # fmt: skip
ALONE: Final = "alone"
NONE: Final = "none"
"""A menu's entry for no member at all: an empty value is none that Slack takes."""


def settings(
    values: Mapping[str, Any], known: Sequence[ChannelSettings], groups: Mapping[str, Group], memory: str, t: Tongue
) -> Modal:
    """Title, kind, languages, readers and time."""
    choose = t._("Choose…")
    titles = [
        kit.field(
            t._("Title: {language}", language=fields.LANGUAGE_NAMES[one]),
            f"{TITLE}_{one}",
            kit.line_input(f"{TITLE}_{one}", values[f"{TITLE}_{one}"], limit=LONGEST_TITLE),
            optional=True,
        )
        for one in LANGUAGES
    ]
    languages = [kit.option(fields.LANGUAGE_NAMES[one], one) for one in LANGUAGES]
    kinds = [kit.option(words, issue.value) for issue, words in issues(t).items()]
    channels = [kit.option(f"#{one.name}", one.channel_id) for one in known]
    times = [
        kit.option(t._("As soon as it is approved"), Timing.NOW.value),
        kit.option(t._("On that day, at that time"), Timing.AT.value),
        kit.option(t._("On that day, at nine in the morning of each reader"), Timing.MORNING.value),
    ]
    day: kit.Element = {"type": "datepicker", "action_id": DAY}
    if values[DAY]:
        day["initial_date"] = values[DAY]
    waived_hint = t._("Their readers get the language in which it is written first. It is noted who decided so.")
    time_hint = t._("In your own time zone, {zone}; for example 15:00.", zone=t.city(t.zone))
    blocks = [
        *titles,
        kit.field(t._("Kind"), ISSUE, kit.menu(choose, ISSUE, kinds, values[ISSUE])),
        kit.field(t._("Written first in"), ORIGINAL, kit.menu(choose, ORIGINAL, languages, values[ORIGINAL])),
        kit.field(
            t._("Do without"), WAIVED, kit.multi_menu(choose, WAIVED, languages, values[WAIVED]), hint=waived_hint,
            optional=True,
        ),
        *_channels(channels, values[CHANNELS], t),
        kit.field(
            t._("Members, as a direct message"), MEMBERS,
            kit.menu(choose, MEMBERS, _members(groups, t), values[MEMBERS] or NONE),
        ),
        *_by_mail(values[MAIL], t, on=values["mail_on"]),
        kit.field(t._("When"), TIMING, kit.menu(choose, TIMING, times, values[TIMING])),
        kit.field(t._("Day"), DAY, day, optional=True),
        kit.field(t._("Time"), TIME, kit.line_input(TIME, values[TIME], limit=12), hint=time_hint, optional=True),
    ]  # fmt: skip
    return Modal(t._("Newsletter"), blocks, callback=SAVE_SETTINGS, submit=t._("Save"), memory=memory, replace=True)


def section(values: Mapping[str, str], memory: str, number: int, t: Tongue) -> Modal:
    """A section, the three languages one below the other."""
    blocks = []
    for one in LANGUAGES:
        name = fields.LANGUAGE_NAMES[one]
        heading = kit.line_input(f"{HEADING}_{one}", values[f"{HEADING}_{one}"], limit=LONGEST_HEADING)
        body = kit.line_input(f"{BODY}_{one}", values[f"{BODY}_{one}"], limit=LONGEST_BODY) | {"multiline": True}
        hint = t._("Markdown: **bold**, *italic*, [words](https://…), lines that begin with - for a list.")
        label = t._("Heading: {language}", language=name)
        blocks.append(kit.field(label, f"{HEADING}_{one}", heading, optional=True))
        label = t._("Text: {language}", language=name)
        blocks.append(kit.field(label, f"{BODY}_{one}", body, hint=hint if one == "en" else "", optional=True))
    picture = kit.line_input(PICTURE, values[PICTURE], limit=500)
    hint = t._("The address of a picture on the web, beginning with https://. Everybody sees the same one.")
    blocks.append(kit.field(t._("Picture"), PICTURE, picture, hint=hint, optional=True))
    for one in LANGUAGES:
        label = t._("What the picture shows: {language}", language=fields.LANGUAGE_NAMES[one])
        alt = kit.line_input(f"{ALT}_{one}", values[f"{ALT}_{one}"], limit=LONGEST_ALT)
        blocks.append(kit.field(label, f"{ALT}_{one}", alt, optional=True))
    blocks.append(kit.context(t._("A section of which everything is empty is removed.")))
    title = t._("Section {number}", number=number)
    return Modal(title, blocks, callback=SAVE_SECTION, submit=t._("Save"), memory=memory, replace=True)


def picture_trouble(trouble: PictureTrouble, t: Tongue) -> str:
    """Why the picture cannot be used, with what to do."""
    return {
        PictureTrouble.UNREACHABLE: t._(
            "Nothing is at this address that everybody can see. It begins with https://; try it in a private window."
        ),
        PictureTrouble.NO_PICTURE: t._(
            "This address leads to a page, not to a picture. Copy the address of the picture."
        ),
        PictureTrouble.TOO_LARGE: t._(
            "The picture is larger than 2 MB, too much for slow lines. Please make it smaller."
        ),
    }[trouble]


def markdown_file(t: Tongue) -> Modal:
    """A draft from a file."""
    element: kit.Element = {"type": "file_input", "action_id": FILE, "filetypes": ["md", "txt"], "max_files": 1}
    hint = t._("Its first line with # is the title; each line with ## begins a section.")
    languages = [kit.option(fields.LANGUAGE_NAMES[one], one) for one in LANGUAGES]
    menu = kit.menu(t._("Choose…"), ORIGINAL, languages, t.language)
    return Modal(
        t._("From a file"),
        [
            kit.field(t._("Markdown file"), FILE, element, hint=hint),
            kit.field(t._("Its language"), ORIGINAL, menu),
        ],
        callback=SAVE_FILE,
        submit=t._("Read it"),
    )


def digest(offered: Sequence[tuple[str, str]], t: Tongue) -> Modal:
    """Which parts to keep. `offered`: those that there is something to say in, by name and heading."""
    title, submit = t._("A digest"), t._("Draft it")
    if not offered:
        return Modal(title, [kit.say(t._("Nothing happened of late, and nothing comes that a digest could tell."))])
    options = [kit.option(heading, name) for name, heading in offered]
    menu = kit.multi_menu(t._("Choose…"), PARTS, options, [name for name, _heading in offered])
    hint = t._("In three languages. Each part is a section that you can change; what members wrote stays as it is.")
    return Modal(title, [kit.field(t._("Parts"), PARTS, menu, hint=hint)], callback=SAVE_DIGEST, submit=submit)


def breaking(known: Sequence[ChannelSettings], t: Tongue, *, alone: bool) -> Modal:
    """A short update in the writer's language, with room for the two others.

    `alone`: it goes out without a second person. The form remembers which of the two its button said.
    """
    blocks = []
    for one in (t.language, *(other for other in LANGUAGES if other != t.language)):
        name, first = fields.LANGUAGE_NAMES[one], one == t.language
        title = kit.line_input(f"{TITLE}_{one}", limit=LONGEST_TITLE)
        body = kit.line_input(f"{BODY}_{one}", limit=LONGEST_BODY) | {"multiline": True}
        blocks.append(kit.field(t._("Title: {language}", language=name), f"{TITLE}_{one}", title, optional=not first))
        blocks.append(kit.field(t._("Text: {language}", language=name), f"{BODY}_{one}", body, optional=not first))
    channels = [kit.option(f"#{one.name}", one.channel_id) for one in known]
    if not channels:
        return Modal(t._("Breaking news"), [kit.say(t._("The bot is in no channel yet: invite it first."))])
    menu = kit.multi_menu(t._("Choose…"), CHANNELS, channels)
    hint = t._("It is asked for approval at once. Readers of a language that is empty get the first one.")
    submit = t._("Ask for approval")
    if alone:
        hint = t._("It is posted at once, without a second person. Who reads a language that is empty gets the first.")
        submit = t._("Send it now")
    blocks.append(kit.field(t._("Channels"), CHANNELS, menu, hint=hint))
    return Modal(t._("Breaking news"), blocks, SAVE_BREAKING, submit, memory=ALONE if alone else "")


def choices(wanted: Mapping[Issue, Choice], address: MailReader | None, t: Tongue, *, mail: bool) -> Modal:
    """How a member wants each kind; with `mail`, their address too."""
    ways = {Choice.SLACK: t._("As a direct message"), Choice.NONE: t._("Not at all")}
    if mail:
        ways |= {Choice.MAIL: t._("By e-mail"), Choice.BOTH: t._("As a direct message and by e-mail")}
    options = [kit.option(words, way.value) for way, words in ways.items()]
    blocks = []
    for issue, words in issues(t).items():
        chosen = wanted[issue] if wanted[issue] in ways else Choice.SLACK
        blocks.append(kit.field(words, issue.value, kit.menu(t._("Choose…"), issue.value, options, chosen.value)))
    if mail:
        hint = t._("You get one e-mail that asks whether it is yours. Until you confirm, newsletters come as messages.")
        if address and address.state is AddressState.CONFIRMED:
            hint = t._("You confirmed this address.")
        if address and address.state is AddressState.LEFT:
            hint = t._("You left with this address. The link to leave, in any e-mail from here, also brings you back.")
        if address and address.state is AddressState.REFUSED:
            hint = t._("A mail server did not know this address. If you save it once more, it is asked again.")
        line = kit.line_input(ADDRESS, address.address if address else "", limit=254)
        blocks.append(kit.field(t._("My e-mail address"), ADDRESS, line, hint=hint, optional=True))
    blocks.append(kit.context(t._("What is posted in channels is not changed by this.")))
    return Modal(t._("Newsletters"), blocks, callback=SAVE_CHOICES, submit=t._("Save"))


def _channels(options: Sequence[kit.Element], chosen: Sequence[str], t: Tongue) -> list[kit.Element]:
    if not options:
        return []
    hint = t._("Channels in which the bot is.")
    menu = kit.multi_menu(t._("Choose…"), CHANNELS, options, chosen)
    return [kit.field(t._("Channels"), CHANNELS, menu, hint=hint, optional=True)]


def addresses(counts: Mapping[AddressState, int], refused: Sequence[str], t: Tongue) -> Modal:
    """Who reads newsletters by e-mail: how many there are, and more of them."""
    said = t._(
        "{confirmed} confirmed, {asked} asked and not answered yet, {left} left, {refused} refused.",
        confirmed=counts[AddressState.CONFIRMED],
        asked=counts[AddressState.ASKED],
        left=counts[AddressState.LEFT],
        refused=counts[AddressState.REFUSED],
    )
    blocks = [kit.say(said)]
    if refused:
        heading = kit.paragraph(kit.text(t._("A mail server does not know these addresses:"), bold=True))
        blocks.append(kit.rich(heading, kit.bullets([[kit.text(one)] for one in refused[:20]])))
    lines = kit.line_input(LINES, limit=3000) | {"multiline": True}
    hint = t._("One address a line. Each owner gets one e-mail with the question; only who confirms gets newsletters.")
    languages = [kit.option(fields.LANGUAGE_NAMES[one], one) for one in LANGUAGES]
    blocks.append(kit.field(t._("New addresses"), LINES, lines, hint=hint, optional=True))
    blocks.append(kit.field(t._("Their language"), ORIGINAL, kit.menu(t._("Choose…"), ORIGINAL, languages, t.language)))
    out = kit.line_input(OUT, limit=3000) | {"multiline": True}
    hint = t._("One address a line. They get nothing more, and can be added again.")
    blocks.append(kit.field(t._("Take out these addresses"), OUT, out, hint=hint, optional=True))
    return Modal(t._("E-mail readers"), blocks, callback=SAVE_ADDRESSES, submit=t._("Save"))


def _by_mail(chosen: bool, t: Tongue, *, on: bool) -> list[kit.Element]:
    """Whether it goes out by e-mail as well; that e-mail is off, where no mail server is set."""
    if not on:
        return [kit.context(t._("E-mail is off: whoever runs the bot has set no mail server."))]
    options = [
        kit.option(t._("Not by e-mail"), NONE),
        kit.option(t._("To everybody who confirmed an address"), MAIL),
    ]
    menu = kit.menu(t._("Choose…"), MAIL, options, MAIL if chosen else NONE)
    return [kit.field(t._("E-mail"), MAIL, menu)]


def _members(groups: Mapping[str, Group], t: Tongue) -> list[kit.Element]:
    made = [kit.option(t._("Nobody"), NONE), kit.option(t._("Everybody in the workspace"), EVERYBODY)]
    for slug, group in groups.items():
        name = t.text(group.name.model_dump())
        made.append(kit.option(t._("Members of the group {group}", group=name), f"{GROUP}{slug}"))
    return made
