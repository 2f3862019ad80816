"""Slack's request signature, version v0."""

import hashlib
import hmac

from workspace.clock import real_seconds


def headers(secret: str, body: str) -> dict[str, str]:
    """The signature headers of a request body. The timestamp is real time, which is what receivers compare with."""
    stamp = str(real_seconds())
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
