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
    """Keep them and ask their owners; a line that is no address is named, and nothing is kept."""
    await _may_add(call, deps)
    lines = [line.strip() for line in str(call.state.get(forms.LINES) or "").splitlines() if line.strip()]
    found = [normalised(line) for line in lines]
    if None in found:
        number = found.index(None)
        words = call.t._("Line {number} is not an e-mail address: “{line}”.")
        return FieldErrors({forms.LINES: words.format(number=number + 1, line=lines[number][:60])})
    if not 0 < len(lines) <= MOST:
        problem = call.t._("Please write 1 to {count} addresses, one a line.", count=MOST)
        return FieldErrors({forms.LINES: problem})
    language = first_known(str(call.state.get(forms.ORIGINAL)), call.t.language)
    wanted = [(address, language) for address in found if address]
    count = await addresses.add(deps.store, Editor(call.member.user_id, call.now), wanted)
    notice = call.t.n("{count} new address is asked.", "{count} new addresses are asked.", count)
    return views.for_readers(None, call.t, notice)


async def _may_add(call: Call, deps: Deps) -> None:
    """Raises UserMistake for who may not, and for everybody where e-mail is off."""
    await may_write(call, deps)
    if not deps.mail:
        raise UserMistake(call.t._("E-mail is off: whoever runs the bot has set no mail server."))
