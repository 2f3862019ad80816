// What the page knows: who reads, where they are, what the server last said. Other modules read `state` and ask for changes here.

import { el } from "./dom.js";

export const state = {
  person: null, // the person one sees the workspace as
  people: [],
  channels: [],
  bot: { id: "", user_id: "", name: "Alliance" },
  commands: [],
  shortcuts: [],
  connected: false,
  workspace: "Alliance 8.7",
  clock: { mode: "2019" },
  nextReminder: false,
  skew: 0, // milliseconds from this machine's clock to the workspace's
  place: { tab: "messages", channel: null },
};

/** Take over an answer of /page/state. */
export function learn(answer) {
  state.people = answer.people;
  state.person = personOf(answer.me) ?? (answer.me?.id ? answer.me : answer.people[0]);
  state.channels = answer.channels;
  state.bot = answer.bot;
  state.commands = answer.commands;
  state.shortcuts = answer.shortcuts;
  state.connected = answer.connected;
  state.nextReminder = answer.next_reminder_available;
  state.workspace = answer.team?.name ?? answer.workspace ?? state.workspace;
  learnClock(answer.clock);
}

export function learnClock(clock) {
  state.clock = { ...state.clock, ...clock };
  state.skew = Date.parse(clock.now) - Date.now();
}

/** The time in the workspace. */
export function now() {
  return new Date(Date.now() + state.skew);
}

function personOf(me) {
  return state.people.find((person) => person.id === (me?.id ?? me));
}

export function channel(id) {
  return state.channels.find((entry) => entry.id === id);
}

/** The conversation with the bot: the direct one that is not with another person. */
export function botChannel() {
  const other = (entry) =>
    state.people.some(
      (person) => person.id !== state.person.id && (person.id === entry.user || person.name === entry.name),
    );
  return state.channels.find((entry) => entry.is_im && !other(entry));
}

/** How a channel is called: "#community", or a person's name. */
export function channelTitle(entry) {
  if (!entry.is_im) return `#${entry.name}`;
  return entry === botChannel() ? state.bot.name : personName(entry.user ?? entry.name);
}

export function personName(id) {
  if (id === state.bot.user_id || id === state.bot.id) return state.bot.name;
  const found = state.people.find((person) => person.id === id);
  return found?.real_name || found?.name || (id === "USLACKBOT" ? "Slackbot" : id);
}

/** Who reads and what they may see named, for the renderers. */
export function world() {
  return {
    person: state.person,
    now,
    personName,
    channelName: (id, label) => channel(id)?.name ?? label ?? id,
    people: state.people,
    channels: state.channels.filter((entry) => !entry.is_im),
  };
}

const initials = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word[0])
    .slice(0, 2)
    .join("")
    .toLocaleUpperCase();

/** The picture beside a name: initials on the person's colour; the bot and Slackbot have their own. */
export function avatar(id, size = "") {
  if (id === state.bot.user_id || id === state.bot.id)
    return el("img", { class: `avatar ${size}`, src: "/static/mark.svg", alt: "" });
  const person = state.people.find((entry) => entry.id === id);
  const node = el(
    "span",
    { class: `avatar ${size} ${person ? "" : "notice"}`, "aria-hidden": "true" },
    person ? initials(person.real_name || person.name) : "!",
  );
  if (person?.avatar_color) node.style.backgroundColor = person.avatar_color;
  return node;
}
