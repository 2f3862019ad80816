"""Who reads newsletters by e-mail: writers add addresses, and each owner is asked before anything else is sent."""

from typing import Final

from alliance.addresses import normalised
from alliance.languages import first_known
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps, UserMistake
from handlers.newsletterpage import may_write
from handlers.views import newsletterforms as forms
from handlers.views import newsletters as views
from storage import addresses
from storage.eventedits import Editor

MOST: Final = 200


async def edit(call: Call, deps: Deps) -> View:
    """How many there are, and the field for more."""
    await _may_add(call, deps)
    refused = [one.address for one in await addresses.refusals(deps.store)]
    return forms.addresses(await addresses.counted(deps.store), refused, call.t)


async def save(call: Call, deps: Deps) -> View:
    """Ask the owners of the new ones, forget others; a line that is no address is named, and nothing is changed."""
    await _may_add(call, deps)
    try:
        new, out = _addresses(forms.LINES, call), _addresses(forms.OUT, call)
    except NoAddress as wrong:
        return FieldErrors({wrong.field: wrong.words})
    if not new and not out:
        return FieldErrors({forms.LINES: call.t._("Please write 1 to {count} addresses, one a line.", count=MOST)})
    language = first_known(str(call.state.get(forms.ORIGINAL)), call.t.language)
    editor = Editor(call.member.user_id, call.now)
    gone = await addresses.take_out(deps.store, editor, out)
    count = await addresses.add(deps.store, editor, [(address, language) for address in new])
    notices = []
    if new:
        notices.append(call.t.n("{count} new address is asked.", "{count} new addresses are asked.", count))
    if out:
        notices.append(call.t.n("{count} address is taken out.", "{count} addresses are taken out.", gone))
    return views.for_readers(None, call.t, " ".join(notices))


class NoAddress(Exception):
    """A line of that field is no address, or there are too many; `words` says which."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field)
        self.field, self.words = field, words


def _addresses(field: str, call: Call) -> list[str]:
    """What the field has, one a line. Raises NoAddress."""
    lines = [line.strip() for line in str(call.state.get(field) or "").splitlines() if line.strip()]
    found = []
    for number, line in enumerate(lines, 1):
        address = normalised(line)
        if address is None:
            words = call.t._("Line {number} is not an e-mail address: “{line}”.", number=number, line=line[:60])
            raise NoAddress(field, words)
        found.append(address)
    if len(found) > MOST:
        raise NoAddress(field, call.t._("Please write 1 to {count} addresses, one a line.", count=MOST))
    return found


async def _may_add(call: Call, deps: Deps) -> None:
    """Raises UserMistake for who may not, and for everybody where e-mail is off."""
    await may_write(call, deps)
    if not deps.mail:
        raise UserMistake(call.t._("E-mail is off: whoever runs the bot has set no mail server."))
