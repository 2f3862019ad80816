"""What an e-mail of the ledger says: the newsletter that was approved, or the question to the owner of an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alliance.addresses import AddressState
from alliance.delivery import Kind
from alliance.edition import Edition
from bot.mail import Letter
from bot.mailpages import confirm_at, leave_at
from bot.posting import Skip
from handlers import mailpage
from handlers.mailpage import Links
from handlers.tongue import Tongue
from storage import addresses, clicks, newsletters
from storage.addresses import MailReader
from storage.store import Store
from storage.values import DeliveryRow


@dataclass(frozen=True, slots=True)
class MailRenderer:
    """For deliveries to "mail:12". `public`: the address of the bot's own web server."""

    store: Store
    public: str
    clicks_at: str = ""

    async def render(self, row: DeliveryRow, now: datetime) -> Letter | Skip:
        """The letter; Skip where its reader left, or it was changed or stopped."""
        reader = await addresses.get(self.store, row.target)
        if reader is None:
            return Skip("no longer there")
        t = Tongue(reader.language, "UTC")
        if row.kind == Kind.CONFIRM:
            if reader.state is not AddressState.ASKED:
                return Skip("answered already")
            return self._letter(mailpage.question(t, confirm_at(self.public, reader.token)), reader, t, {})
        if reader.state is not AddressState.CONFIRMED:
            return Skip("does not want it")
        found = await newsletters.of_subject(self.store, row.subject)
        if found is None or not found.goes_out_as(row.detail):
            return Skip("not approved")
        ways = await clicks.ways(self.store, found.id, self.clicks_at)
        return self._letter(found.content.edition(reader.language), reader, t, ways)

    def _letter(self, edition: Edition, reader: MailReader, t: Tongue, ways: Mapping[str, str]) -> Letter:
        leave = leave_at(self.public, reader.token)
        links = Links(leave, ways)
        return Letter(
            reader.address,
            re.sub("[\r\n]+", " ", edition.title).strip(),
            mailpage.plain(edition, links, t),
            mailpage.html(edition, links, t),
            leave,
        )
