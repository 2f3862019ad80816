// The list of messages of a channel. Messages that did not change keep their elements, so that focus and half-made choices stay.

import { on } from "./bus.js";
import { byId, el, fill, icon } from "./dom.js";
import { renderBlocks } from "./blocks.js";
import { clockTime, day, dayDivider, isoDay } from "./dates.js";
import { makeHost } from "./host.js";
import { link, mrkdwn } from "./mrkdwn.js";
import { addNotice, noticesFor } from "./notices.js";
import { reactionMenu, reactions } from "./reactions.js";
import { avatar, channel as channelOf, now, personName, state, world } from "./state.js";
import { messageMenu } from "./shortcuts.js";
import { say } from "./strings.js";

const FOLLOW_MS = 4000;
const CLOSE_SECONDS = 300; // messages of one author within five minutes stand together
const drawn = new Map(); // key -> {signature, node}
let place = "";
let server = [];
let followUntil = 0; // till then the next message is an answer to what the person did, and is shown

const author = (message) => (message.bot ? state.bot.user_id : message.user);
const isBot = (message) => author(message) === state.bot.user_id || author(message) === state.bot.id;
const keyOf = (message) => `${message.ts} ${author(message)} ${message.notice ?? ""}`;
const moment = (message) => new Date(Number(message.ts) * 1000);

function fileCard(file) {
  const words = el(
    "span",
    {},
    el("b", {}, file.title ?? file.name),
    el("small", {}, file.name.split(".").pop().toUpperCase()),
  );
  const card = /^(https?:|\/)/.test(file.url ?? "")
    ? el("a", { href: file.url, download: file.name }, icon("file"), words)
    : link("", icon("file"), words);
  card.classList.add("file");
  card.dataset.testid = "file";
  return card;
}

function content(message, channel) {
  const container = { type: "message", channel, ts: message.ts, ephemeral: Boolean(message.ephemeral) };
  const person = state.person.id;
  const onerror = (text, details) => {
    addNotice(person, channel, text, details);
    draw();
  };
  if (!message.blocks?.length) return el("div", { class: "text" }, mrkdwn(message.text ?? "", world()));
  return renderBlocks(message.blocks, makeHost(`message ${channel} ${message.ts}`, container, message.blocks, onerror));
}

function messageNode(message, channel, compact) {
  const at = moment(message);
  const who = author(message);
  const time = el(
    "time",
    {
      datetime: at.toISOString(),
      title: `${day(at, state.person, { weekday: true })}, ${clockTime(at, state.person, true)}`,
    },
    clockTime(at, state.person),
  );
  const by = el(
    "div",
    { class: "by" },
    el("b", {}, personName(who)),
    isBot(message) && el("span", { class: "app-tag" }, say(state.person, "app")),
    time,
  );
  const marker =
    message.ephemeral &&
    el("div", { class: "only-you", testid: "ephemeral" }, icon("eye"), say(state.person, "only_you"));
  return el(
    "li",
    {
      class: ["message", compact && "compact", message.subtype && "quiet", message.ephemeral && "ephemeral"]
        .filter(Boolean)
        .join(" "),
      testid: "message",
      data: {
        ts: message.ts,
        user: who,
        ephemeral: String(Boolean(message.ephemeral)),
        ...(message.notice && { notice: "true" }),
      },
    },
    el("div", { class: "gutter" }, compact ? time : avatar(who)),
    el(
      "div",
      { class: "body" },
      marker,
      compact ? el("span", { class: "unseen" }, personName(who)) : by,
      el("div", { class: "content", testid: "message-content" }, content(message, channel)),
      message.edited && el("span", { class: "edited", testid: "edited" }, say(state.person, "edited")),
      message.files?.length > 0 && el("div", { class: "files" }, message.files.map(fileCard)),
      message.reactions?.length > 0 && reactions(message, channel),
    ),
    el("div", { class: "tools" }, reactionMenu(message, channel), messageMenu(message, channel)),
  );
}

function together(previous, message) {
  return (
    previous &&
    author(previous) === author(message) &&
    !previous.ephemeral &&
    !message.ephemeral &&
    Number(message.ts) - Number(previous.ts) < CLOSE_SECONDS &&
    isoDay(moment(previous), state.person) === isoDay(moment(message), state.person)
  );
}

/** The element of a message: the one already drawn if nothing about it changed. */
function nodeOf(message, channel, compact, today) {
  const key = keyOf(message);
  const signature = JSON.stringify([message, compact, today]);
  const old = drawn.get(key);
  if (old?.signature === signature) return old.node;
  const node = messageNode(message, channel, compact);
  const focused = old?.node.contains(document.activeElement) ? document.activeElement : null;
  drawn.set(key, { signature, node });
  if (focused) queueMicrotask(() => giveFocus(node, focused));
  return node;
}

/** Where a message changes under someone's hands, the same button has the focus again. */
function giveFocus(node, before) {
  const { actionId } = before.dataset;
  const same =
    actionId && [...node.querySelectorAll("[data-action-id]")].find((entry) => entry.dataset.actionId === actionId);
  (same ?? node.querySelector("[data-action-id]"))?.focus({ preventScroll: true });
}

function dividerNode(message) {
  return el("li", { class: "day" }, el("span", {}, dayDivider(moment(message), now(), state.person)));
}

function announce(messages) {
  for (const message of messages) {
    const line = el("p", {}, `${personName(author(message))}: ${message.text || ""}`);
    byId("announcer").append(line);
    setTimeout(() => line.remove(), 10_000);
  }
}

/** Draw the messages and notices, in the order of time. */
function draw({ fresh = false } = {}) {
  const { channel } = state.place;
  const scroll = byId("scroll");
  const atEnd = fresh || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const known = new Set(drawn.keys());
  const all = [...server, ...noticesFor(state.person.id, channel)].sort(
    (one, other) => Number(one.ts) - Number(other.ts),
  );
  const today = isoDay(now(), state.person);
  const nodes = [];
  all.forEach((message, index) => {
    const previous = all[index - 1];
    if (!previous || isoDay(moment(previous), state.person) !== isoDay(moment(message), state.person))
      nodes.push(dividerNode(message));
    nodes.push(nodeOf(message, channel, together(previous, message), today));
  });
  const entry = channelOf(channel);
  const empty = el(
    "li",
    { class: "empty" },
    el("p", {}, say(state.person, entry?.member && !entry.read_only ? "empty" : "empty_quiet")),
  );
  arrange(byId("messages"), all.length ? nodes : [empty]);
  const added = all.filter((message) => !known.has(keyOf(message)));
  if (!fresh) announce(added);
  const answered = added.length > 0 && Date.now() < followUntil;
  if (atEnd || answered) goTo(added.at(-1), all, fresh);
  else if (added.length) offerLatest();
}

/**
 * To the end. A new message that is longer than the window is shown from its beginning; and where the clock was turned
 * back, what is new stands further up.
 */
function goTo(message, all, fresh) {
  const scroll = byId("scroll");
  const node = message && !fresh ? drawn.get(keyOf(message)).node : null;
  scroll.scrollTop = scroll.scrollHeight;
  if (node && node.offsetHeight > scroll.clientHeight) node.scrollIntoView({ block: "start" });
  else if (node && message !== all.at(-1)) node.scrollIntoView({ block: "nearest" });
}

/** Bring the list to these nodes, moving only what has to move (a moved element loses its focus). */
function arrange(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
}

function offerLatest() {
  const button = byId("latest");
  fill(button, icon("arrow"), say(state.person, "jump"));
  button.hidden = false;
}

/** The person asked for something: show what comes next even if they had scrolled up. */
on("asked", () => {
  followUntil = Date.now() + FOLLOW_MS;
});

export function goToLatest() {
  const scroll = byId("scroll");
  scroll.scrollTop = scroll.scrollHeight;
  byId("latest").hidden = true;
}

const here = () => `${state.person.id} ${state.place.channel}`;

/** Show an answer of /page/messages. Another channel or reader starts the list anew. */
export function showMessages(messages) {
  const fresh = here() !== place;
  if (fresh) {
    drawn.clear();
    byId("latest").hidden = true;
  }
  place = here();
  server = messages;
  draw({ fresh });
}

/** Draw again, for example because a notice came or the day changed. */
export function redrawMessages() {
  if (place === here()) draw();
}
