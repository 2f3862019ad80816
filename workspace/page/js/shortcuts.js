// The app's shortcuts: those of the workspace in a menu at the message field, those of a message in its "…" menu.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { el, icon } from "./dom.js";
import { sentence } from "./host.js";
import { addNotice } from "./notices.js";
import { attach, close } from "./popover.js";
import { state } from "./state.js";
import { say } from "./strings.js";

const ofKind = (kind) => state.shortcuts.filter((shortcut) => shortcut.type === kind);

async function use(shortcut, channel, ts) {
  const as = state.person.id;
  emit("asked");
  const answer = await api.shortcut(as, shortcut.callback_id, ts ? { channel, ts } : {});
  if (answer.ok === false) addNotice(as, channel, sentence(answer.error), answer.details);
  emit("acted");
}

function item(shortcut, panel, channel, ts) {
  const choose = () => {
    close(panel);
    use(shortcut, channel, ts);
  };
  return el(
    "button",
    { type: "button", class: "menu-item", testid: `shortcut-${shortcut.callback_id}`, onclick: choose },
    shortcut.name,
    el("small", {}, shortcut.description || state.bot.name),
  );
}

function menu(shortcuts, button, channel, ts) {
  const panel = el("div", { class: "menu-panel", testid: "shortcuts" });
  panel.append(...shortcuts.map((shortcut) => item(shortcut, panel, channel, ts)));
  attach(button, panel);
  return [button, panel];
}

/** The button at the message field and its menu; nothing where the app has no global shortcuts. */
export function shortcutMenu(channel) {
  const shortcuts = ofKind("global");
  const words = say(state.person, "shortcuts");
  const button = () =>
    el("button", { type: "button", class: "quiet", testid: "shortcuts-button", "aria-label": words, title: words }, icon("bolt"));
  return shortcuts.length ? menu(shortcuts, button(), channel) : [];
}

/** The "…" of a message and its menu; nothing for what only one person sees, and where the app has none. */
export function messageMenu(message, channel) {
  const shortcuts = message.ephemeral || message.subtype || message.notice ? [] : ofKind("message");
  const words = say(state.person, "more");
  const button = () =>
    el("button", { type: "button", class: "quiet more", testid: "message-menu", "aria-label": words, title: words }, icon("dots"));
  return shortcuts.length ? menu(shortcuts, button(), channel, message.ts) : [];
}
