// The message field: completion, Enter to send, and the last texts with the up key.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { suggestions } from "./completion.js";
import { byId, el, fill, icon } from "./dom.js";
import { sentence } from "./host.js";
import { addNotice } from "./notices.js";
import { channel, channelTitle, state } from "./state.js";
import { say } from "./strings.js";

const drafts = new Map(); // what is half written, by person and channel
const sent = []; // newest last
let entries = [];
let active = -1;
let recalled = 0;
let drawn = "";

const draftKey = () => `${state.person.id} ${state.place.channel}`;
const field = () => byId("composer");
const list = () => byId("completion");

function grow() {
  field().style.height = "auto";
  field().style.height = `${Math.min(field().scrollHeight, 220)}px`;
}

function mark(index) {
  active = index;
  [...list().children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
  if (index >= 0) {
    field().setAttribute("aria-activedescendant", `completion-${index}`);
    list().children[index].scrollIntoView({ block: "nearest" });
  } else field().removeAttribute("aria-activedescendant");
}

function closeList() {
  entries = [];
  list().hidden = true;
  field().setAttribute("aria-expanded", "false");
  mark(-1);
}

function suggest() {
  const found = suggestions(field().value, state.commands);
  entries = found.entries;
  if (!entries.length) return closeList();
  fill(list(), entries.map((entry, index) =>
    el("li", { role: "option", id: `completion-${index}`, testid: "completion-option", "aria-selected": "false",
      onmousedown: (event) => { event.preventDefault(); choose(index); } },
      entry.before && el("span", { class: "before" }, entry.before), el("b", {}, entry.title), entry.hint && el("code", {}, entry.hint), entry.detail && el("small", {}, entry.detail))));
  list().hidden = false;
  field().setAttribute("aria-expanded", "true");
  return mark(found.eager ? 0 : -1);
}

function choose(index) {
  write(entries[index].text);
  suggest();
}

function write(text) {
  field().value = text;
  field().setSelectionRange(text.length, text.length);
  changed();
}

function changed() {
  drafts.set(draftKey(), field().value);
  byId("send").disabled = !field().value.trim();
  grow();
}

async function send() {
  const text = field().value.replace(/\s+$/, "");
  if (!text) return;
  const as = state.person.id;
  const where = state.place.channel;
  sent.push(text);
  recalled = sent.length;
  write("");
  closeList();
  byId("composer-form").setAttribute("aria-busy", "true");
  try {
    const answer = await api.send(as, where, text);
    if (answer.ok === false) {
      addNotice(where, sentence(answer.error), answer.details);
      emit("notice");
    }
  } catch (trouble) {
    if (!field().value) write(text);
    throw trouble;
  } finally {
    byId("composer-form").removeAttribute("aria-busy");
    emit("acted");
  }
}

function recall(step) {
  const at = recalled + step;
  if (at < 0 || at > sent.length) return;
  recalled = at;
  write(sent[at] ?? "");
}

function onKey(event) {
  if (event.isComposing) return;
  const { key } = event;
  const open = entries.length > 0;
  const arrow = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (open && arrow) {
    event.preventDefault();
    mark((Math.max(active, arrow > 0 ? -1 : 0) + arrow + entries.length) % entries.length);
  } else if (open && key === "Tab" && !event.shiftKey) {
    event.preventDefault();
    choose(Math.max(active, 0));
  } else if (open && key === "Escape") {
    event.preventDefault();
    closeList();
  } else if (key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (open && active >= 0) choose(active);
    else send();
  } else if (arrow && !field().value.includes("\n") && (!field().value || recalled < sent.length)) {
    event.preventDefault();
    recall(arrow);
    closeList();
  }
}

function form(name) {
  const area = el("textarea", {
    id: "composer", rows: 1, testid: "composer", placeholder: say(state.person, "write", { name }), role: "combobox", autocomplete: "off",
    "aria-label": say(state.person, "write", { name }), "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "completion",
    oninput: () => { recalled = sent.length; changed(); suggest(); }, onkeydown: onKey, onblur: closeList,
  });
  return el("form", { id: "composer-form", class: "composer", onsubmit: (event) => { event.preventDefault(); send(); } },
    el("ul", { id: "completion", class: "completion", role: "listbox", "aria-label": say(state.person, "commands"), testid: "completion", hidden: true }),
    area,
    el("div", { class: "composer-foot" },
      el("span", { class: "hint" }, say(state.person, "to_send")),
      el("button", { id: "send", type: "submit", class: "send", testid: "send", "aria-label": say(state.person, "send"), disabled: true }, icon("send"))));
}

function joinBar(entry) {
  const join = async () => {
    await api.join(state.person.id, entry.id);
    emit("acted");
  };
  return el("div", { class: "join" },
    el("p", {}, say(state.person, "not_member", { name: channelTitle(entry) })),
    el("button", { type: "button", class: "button primary", testid: "join", onclick: join }, say(state.person, "join")));
}

/** Draw what stands below the messages here: the field, a button to join, or nothing (Home). */
export function showComposer() {
  const entry = channel(state.place.channel);
  const kind = state.place.tab === "home" || !entry ? "none" : entry.read_only ? "read-only" : entry.member || entry.is_im ? "write" : "join";
  const signature = `${draftKey()} ${kind} ${state.person.locale}`;
  if (signature === drawn) return;
  drawn = signature;
  const foot = byId("foot");
  if (kind === "none") fill(foot);
  else if (kind === "read-only") fill(foot, el("p", { class: "join" }, say(state.person, "read_only")));
  else if (kind === "join") fill(foot, joinBar(entry));
  else {
    fill(foot, form(channelTitle(entry)));
    write(drafts.get(draftKey()) ?? "");
    if (window.matchMedia("(min-width: 800px)").matches) field().focus();
  }
}
