// The message field: Enter to send, completion, and the last texts with the up key. Below a channel that one is not in
// stands a button to join instead.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { CompletionList } from "./completionlist.js";
import { byId, el, fill, icon } from "./dom.js";
import { sentence } from "./host.js";
import { addNotice } from "./notices.js";
import { channel, channelTitle, state } from "./state.js";
import { shortcutMenu } from "./shortcuts.js";
import { say } from "./strings.js";

const LARGEST_HEIGHT = 220;
const drafts = new Map(); // what is half written, by person and channel
const sent = []; // newest last
let recalled = 0; // where in `sent` the up and down keys are
let completion = null;
let drawn = "";

const draftKey = () => `${state.person.id} ${state.place.channel}`;
const field = () => byId("composer");

function changed() {
  drafts.set(draftKey(), field().value);
  byId("send").disabled = !field().value.trim();
  field().style.height = "auto";
  field().style.height = `${Math.min(field().scrollHeight, LARGEST_HEIGHT)}px`;
}

function write(text) {
  field().value = text;
  field().setSelectionRange(text.length, text.length);
  changed();
}

async function send() {
  const text = field().value.replace(/\s+$/, "");
  if (!text) return;
  const as = state.person.id;
  const where = state.place.channel;
  sent.push(text);
  recalled = sent.length;
  write("");
  completion.close();
  emit("asked");
  const form = byId("composer-form");
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await api.send(as, where, text);
    if (answer.ok === false) addNotice(as, where, sentence(answer.error), answer.details);
  } catch (trouble) {
    drafts.set(`${as} ${where}`, text);
    if (field() && draftKey() === `${as} ${where}` && !field().value) write(text);
    throw trouble;
  } finally {
    form.removeAttribute("aria-busy");
    emit("acted");
  }
}

/** The up key in an empty field brings back what was sent last. */
function recalls({ key }) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  const busy = field().value !== "" && recalled === sent.length;
  if (!step || busy || field().value.includes("\n")) return false;
  const at = recalled + step;
  if (at < 0 || at > sent.length) return false;
  recalled = at;
  write(sent[at] ?? "");
  completion.close();
  return true;
}

function onKey(event) {
  if (event.isComposing) return;
  const sends = event.key === "Enter" && !event.shiftKey;
  const taken = completion.takes(event) || recalls(event);
  if (!taken && sends) send();
  if (taken || sends) event.preventDefault();
}

function onInput() {
  recalled = sent.length;
  changed();
  completion.suggest(state.commands);
}

function form(name) {
  const words = say(state.person, "write", { name });
  const area = el("textarea", {
    id: "composer",
    rows: 1,
    testid: "composer",
    placeholder: words,
    autocomplete: "off",
    "aria-label": words,
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    "aria-controls": "completion",
    oninput: onInput,
    onkeydown: onKey,
    onblur: () => completion.close(),
  });
  const list = el("ul", {
    id: "completion",
    class: "completion",
    role: "listbox",
    "aria-label": say(state.person, "commands"),
    testid: "completion",
    hidden: true,
  });
  completion = new CompletionList(area, list, write);
  const button = el(
    "button",
    { id: "send", type: "submit", class: "send", testid: "send", "aria-label": say(state.person, "send") },
    icon("send"),
  );
  const submit = (event) => {
    event.preventDefault();
    send();
  };
  const foot = el(
    "div",
    { class: "composer-foot" },
    shortcutMenu(state.place.channel),
    el("span", { class: "hint" }, say(state.person, "to_send")),
    button,
  );
  return el("form", { id: "composer-form", class: "composer", onsubmit: submit }, list, area, foot);
}

function joinBar(entry) {
  const join = async () => {
    await api.join(state.person.id, entry.id);
    emit("acted");
  };
  return el(
    "div",
    { class: "join" },
    el("p", {}, say(state.person, "not_member", { name: channelTitle(entry) })),
    el("button", { type: "button", class: "button primary", testid: "join", onclick: join }, say(state.person, "join")),
  );
}

function kindOf(entry) {
  if (state.place.tab === "home" || !entry) return "none";
  if (entry.read_only) return "read-only";
  return entry.member || entry.is_im ? "write" : "join";
}

/** Draw what stands below the messages here: the field, a button to join, a note, or nothing (Home). */
export function showComposer() {
  const entry = channel(state.place.channel);
  const kind = kindOf(entry);
  const signature = `${draftKey()} ${kind} ${state.person.locale}`;
  if (signature === drawn) return;
  drawn = signature;
  const foot = byId("foot");
  if (kind === "none") fill(foot);
  if (kind === "read-only") fill(foot, el("p", { class: "join" }, say(state.person, "read_only")));
  if (kind === "join") fill(foot, joinBar(entry));
  if (kind !== "write") return;
  fill(foot, form(channelTitle(entry)));
  write(drafts.get(draftKey()) ?? "");
  const telephone = window.matchMedia("(max-width: 760px)").matches; // there the keyboard would cover the messages
  if (!telephone && !document.querySelector("dialog[open]")) field().focus();
}
