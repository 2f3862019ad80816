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
    await may_write(call, deps)
    if not deps.mail:
        raise UserMistake(call.t._("E-mail is off: whoever runs the bot has set no mail server."))
    refused = [one.address for one in await addresses.refusals(deps.store)]
    return forms.addresses(await addresses.counted(deps.store), refused, call.t)


async def save(call: Call, deps: Deps) -> View:
    """Keep them and ask their owners; a line that is no address is named, and nothing is kept."""
    await may_write(call, deps)
    if not deps.mail:
        raise UserMistake(call.t._("E-mail is off: whoever runs the bot has set no mail server."))
    lines = [line.strip() for line in str(call.state.get(forms.LINES) or "").splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        if normalised(line) is None:
            problem = call.t._("Line {number} is not an e-mail address: “{line}”.", number=number, line=line[:60])
            return FieldErrors({forms.LINES: problem})
    if not 0 < len(lines) <= MOST:
        problem = call.t._("Please write 1 to {count} addresses, one a line.", count=MOST)
        return FieldErrors({forms.LINES: problem})
    language = first_known(str(call.state.get(forms.ORIGINAL)), call.t.language)
    found = [(address, language) for line in lines if (address := normalised(line))]
    count = await addresses.add(deps.store, Editor(call.member.user_id, call.now), found)
    notice = call.t.n("{count} new address is asked.", "{count} new addresses are asked.", count)
    return views.for_readers(None, call.t, notice)
