// The bench above the chat, for whoever tries the bot: the workspace's time and how to move it, whether the bot is connected.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { clockTime, day, instant, isoMinute } from "./dates.js";
import { byId, el, fill, icon } from "./dom.js";
import { faultMenu } from "./faults.js";
import { city } from "./people.js";
import { attach, close } from "./popover.js";
import { openSidebar } from "./sidebar.js";
import { learnClock, now, state } from "./state.js";
import { toast } from "./toast.js";

// The bench speaks English, whoever one sees the chat as; only the zone is the reader's.
const benchReader = () => ({ locale: "en-GB", tz: state.person.tz });
const moment = (date) => `${day(date, benchReader(), { weekday: true })}, ${clockTime(date, benchReader())}`;

async function move(to, button) {
  button.disabled = true;
  const answer = await api.clock(to).finally(() => {
    button.disabled = false;
  });
  if (answer.ok === false) toast(`The clock stays: ${answer.error}.`, "bad");
  else if (to === "next_reminder" && !answer.next) toast("No reminder is planned. The clock stays.");
  else {
    learnClock({ now: answer.now });
    const anew = answer.started_over ? " The bot begins anew there; the channels are empty." : "";
    toast(`It is now ${moment(now())} in ${city(state.person)}.${anew}`);
  }
  emit("acted");
  emit("clock");
}

function mover(testid, to, ...words) {
  const button = el("button", { type: "button", class: "tool", testid, onclick: () => move(to, button) }, words);
  return button;
}

/** A button that opens a small form to go to any date and time. */
function goTo() {
  const when = el("input", {
    type: "datetime-local",
    class: "input",
    id: "clock-to",
    testid: "clock-to",
    required: true,
  });
  const go = el("button", { type: "submit", class: "button primary", testid: "clock-go" }, "Go");
  const note = el("p", { class: "hint" });
  const form = el(
    "form",
    { class: "go-to" },
    el("label", { for: "clock-to" }, "Move the clock to"),
    el("div", { class: "row" }, when, go),
    note,
  );
  const panel = el("div", { class: "go-panel" }, form);
  const button = el("button", { type: "button", class: "tool", testid: "clock-open", id: "clock-open" }, "Go to…");
  attach(button, panel, { arrows: false });
  panel.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    when.value = isoMinute(now(), state.person);
    note.textContent = `In ${city(state.person)} time.`;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close(panel);
    move(instant(when.value, state.person).toISOString(), go);
  });
  return [button, panel];
}

function status() {
  const words = state.connected ? "Bot connected" : "Bot not connected";
  return el(
    "span",
    { class: state.connected ? "status on" : "status off", testid: "bot-status", role: "status" },
    el("span", { class: "dot" }),
    words,
  );
}

/** Build the bench once; `showBench` keeps it up to date. */
export function buildBench() {
  const menu = el(
    "button",
    {
      type: "button",
      class: "tool menu",
      testid: "menu",
      "aria-label": "Channels",
      "aria-expanded": "false",
      "aria-controls": "sidebar",
      onclick: () => openSidebar(!document.body.classList.contains("sidebar-open")),
    },
    icon("menu"),
  );
  const tools = el(
    "div",
    { class: "tools", id: "tools" },
    mover("jump-next", "next_reminder", icon("bell"), "Jump to next reminder"),
    el(
      "div",
      { class: "pair", role: "group", "aria-label": "Time" },
      mover("clock-2019", "2019", "April 2019"),
      mover("clock-today", "today", "Today"),
      goTo(),
    ),
    faultMenu(),
  );
  const toggle = el(
    "button",
    {
      type: "button",
      class: "tool toggle",
      testid: "tools-toggle",
      "aria-expanded": "false",
      "aria-controls": "tools",
      onclick: () => toggle.setAttribute("aria-expanded", String(byId("bench").classList.toggle("open"))),
    },
    "Tools",
    icon("down"),
  );
  fill(
    byId("bench"),
    menu,
    el(
      "div",
      { class: "clock", testid: "clock-now" },
      icon("clock"),
      el("time", { id: "clock-time" }),
      el("span", { id: "clock-place", class: "clock-place" }),
    ),
    tools,
    el("span", { id: "status" }),
    toggle,
  );
}

/** The parts that change. */
export function showBench() {
  tickBench();
  fill(byId("status"), status());
  const next = document.querySelector("[data-testid=jump-next]");
  next.hidden = !state.nextReminder;
  for (const mode of ["2019", "today"])
    document
      .querySelector(`[data-testid=clock-${mode}]`)
      .setAttribute("aria-pressed", String(state.clock.mode === mode));
}

export function tickBench() {
  const time = byId("clock-time");
  const text = moment(now());
  if (time.textContent === text) return;
  time.textContent = text;
  time.setAttribute("datetime", now().toISOString());
  byId("clock-place").textContent = `in ${city(state.person)}`;
}
