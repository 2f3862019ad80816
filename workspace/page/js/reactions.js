// Reactions below a message, and the menu that adds one.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { el, icon } from "./dom.js";
import { emoji } from "./emoji.js";
import { sentence } from "./host.js";
import { addNotice } from "./notices.js";
import { attach, close } from "./popover.js";
import { personName, state } from "./state.js";
import { say } from "./strings.js";

const OFFERED = ["+1", "clap", "heart", "eyes", "white_check_mark", "pray"];

async function toggle(channel, ts, name) {
  const as = state.person.id;
  const answer = await api.react(as, channel, ts, name);
  if (answer.ok === false) addNotice(as, channel, sentence(answer.error));
  emit("acted");
}

/** Each reaction with its number; a click puts one's own to it, or takes it away. */
export function reactions(message, channel) {
  const chips = message.reactions.map(({ name, users, count }) => {
    const names = users.map(personName).join(", ");
    const mine = users.includes(state.person.id);
    return el(
      "button",
      {
        type: "button",
        class: mine ? "reaction mine" : "reaction",
        title: names,
        "aria-label": `${emoji(name)} ${count}: ${names}`,
        "aria-pressed": String(mine),
        testid: `reaction-${name}`,
        onclick: () => toggle(channel, message.ts, name),
      },
      emoji(name),
      " ",
      String(count),
    );
  });
  return el("div", { class: "reactions" }, chips);
}

/** The button that adds a reaction and its menu; nothing for what only one person sees. */
export function reactionMenu(message, channel) {
  if (message.ephemeral || message.subtype || message.notice) return [];
  const words = say(state.person, "react");
  const button = el(
    "button",
    { type: "button", class: "quiet more", testid: "react", "aria-label": words, title: words },
    icon("smile"),
  );
  const panel = el("div", { class: "menu-panel emoji-panel", testid: "reactions" });
  const choose = (name) => {
    close(panel);
    toggle(channel, message.ts, name);
  };
  panel.append(
    ...OFFERED.map((name) =>
      el(
        "button",
        { type: "button", class: "menu-item", "aria-label": name, testid: `react-${name}`, onclick: () => choose(name) },
        emoji(name),
      ),
    ),
  );
  attach(button, panel);
  return [button, panel];
}
