// What Slackbot tells one person in one channel, for example that a command failed. Kept in the page only, as in Slack.

import { now } from "./state.js";

const notices = [];

/**
 * Put a notice below what a person sees in a channel now. `details` say why the workspace refused the bot's answer:
 * Slack would not tell, but whoever builds the bot wants to know.
 */
export function addNotice(person, channel, sentence, details = []) {
  const escaped = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const text = escaped(sentence) + (details.length ? `\n\`\`\`${details.map(escaped).join("\n")}\`\`\`` : "");
  const ts = (now().getTime() / 1000).toFixed(6);
  notices.push({ ts, user: "USLACKBOT", text, ephemeral: true, notice: true, person, channel });
}

export function noticesFor(person, channel) {
  return notices.filter((notice) => notice.person === person && notice.channel === channel);
}
