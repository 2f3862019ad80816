// What Slackbot tells one person in one channel, for example that a command failed. Kept in the page only, as in Slack.

import { now, state } from "./state.js";

const notices = [];

/** Put a notice below what the person sees in a channel now. */
export function addNotice(channel, text) {
  const ts = (now().getTime() / 1000).toFixed(6);
  notices.push({ ts, user: "USLACKBOT", text, ephemeral: true, notice: true, person: state.person.id, channel });
}

export function noticesFor(person, channel) {
  return notices.filter((notice) => notice.person === person && notice.channel === channel);
}
