// Starts the page: reads the address, asks for what it shows, and keeps it up to date by the workspace's events.
// The address says who looks and where: #/U0AMINA/C0COMMUNITY, #/U0AMINA/home.

import { api, listen, Unreachable } from "./api.js";
import { on } from "./bus.js";
import { buildBench, showBench, tickBench } from "./clock.js";
import { showComposer } from "./composer.js";
import { byId } from "./dom.js";
import { forgetHome, showHome } from "./home.js";
import { goToLatest, redrawMessages, showMessages } from "./messages.js";
import { showModals } from "./modal.js";
import { tickPeople } from "./people.js";
import { showPlace, showSidebar } from "./sidebar.js";
import { botChannel, channel, channelTitle, learn, state } from "./state.js";
import { language } from "./strings.js";

let stopListening = () => {};
let asked = ""; // whose events one listens to

function address() {
  const [, as = "", where = ""] = location.hash.split("/");
  return { as: decodeURIComponent(as), where: decodeURIComponent(where) };
}

/** Where the address leads: the app's Home, a channel, or the first channel one is a member of. */
function placeOf(where) {
  if (where === "home") return { tab: "home", channel: null };
  const direct = botChannel();
  if (where === "app" && direct) return { tab: "messages", channel: direct.id };
  const first = state.channels.find((entry) => entry.member && !entry.is_im) ?? state.channels[0];
  return { tab: "messages", channel: channel(where)?.id ?? first?.id ?? null };
}

function trouble(text) {
  byId("trouble").hidden = !text;
  byId("trouble").textContent = text;
}

/** Run a request; what the server cannot answer is shown in the banner and asked again when the events come back. */
async function ask(request, show) {
  try {
    const answer = await request();
    trouble("");
    show(answer);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    trouble("The workspace does not answer. Is it still running? Trying again…");
  }
}

function frame() {
  document.documentElement.lang = language(state.person);
  const entry = channel(state.place.channel);
  document.title = `${state.place.tab === "home" || !entry ? state.bot.name : channelTitle(entry)} · ${state.workspace}`;
  byId("messages").hidden = state.place.tab === "home";
  byId("home").hidden = state.place.tab !== "home";
  byId("scroll").setAttribute("aria-label", document.title);
  showBench();
  showSidebar();
  showPlace();
  showComposer();
}

function askState() {
  const { person } = state;
  ask(
    () => api.state(person.id),
    (answer) => {
      if (state.person.id !== person.id) return; // someone else looks by now
      learn(answer);
      frame();
      redrawMessages();
    },
  );
}

function askMessages() {
  const { person, place } = state;
  if (place.tab === "home" || !place.channel) return;
  ask(
    () => api.messages(person.id, place.channel),
    (answer) => {
      if (state.person.id === person.id && state.place.channel === place.channel) showMessages(answer.messages ?? []);
    },
  );
}

function askHome() {
  const { person } = state;
  if (state.place.tab === "home")
    ask(
      () => api.home(person.id),
      (answer) => state.person.id === person.id && showHome(answer.view ?? null),
    );
}

function askModals() {
  const { person } = state;
  ask(
    () => api.modals(person.id),
    (answer) => state.person.id === person.id && showModals(answer.stack ?? []),
  );
}

function askAll() {
  askState();
  askMessages();
  askHome();
  askModals();
}

const waiting = new Set();

/** Several changes at once are asked for once. */
function changed(what) {
  for (const topic of what) waiting.add(topic);
  queueMicrotask(() => {
    const topics = [...waiting];
    waiting.clear();
    if (topics.some((topic) => topic === "state" || topic === "clock")) askState();
    if (topics.includes(`messages:${state.place.channel}`) || topics.includes("messages")) askMessages();
    else if (topics.some((topic) => topic.startsWith("messages:"))) askState();
    if (topics.some((topic) => topic.startsWith("home"))) askHome();
    if (topics.some((topic) => topic.startsWith("modals"))) askModals();
  });
}

function follow() {
  if (asked === state.person.id) return;
  asked = state.person.id;
  stopListening();
  stopListening = listen(asked, {
    onchange: changed,
    onopen: askAll,
    onlost: () => trouble("The workspace does not answer. Is it still running? Trying again…"),
  });
}

/** The workspace as a person sees it; whom it does not know (an old address) is not asked for again. */
async function stateFor(as) {
  const answer = await api.state(as);
  return answer.ok === false && as ? api.state("") : answer;
}

/** Go where the address says. */
async function go() {
  const { as, where } = address();
  const before = state.person?.id;
  if (!before || as !== before) {
    await ask(
      () => stateFor(as),
      (answer) => address().as === as && learn(answer),
    );
    if (!state.person || address().as !== as) return;
  }
  state.place = placeOf(where);
  if (state.person.id !== before) {
    showModals([]);
    forgetHome();
  }
  frame();
  tickPeople();
  if (state.place.tab === "home") api.openHome(state.person.id);
  askMessages();
  askHome();
  askModals();
  follow();
}

on("see-as", (id) => {
  location.hash = `#/${id}/${state.place.tab === "home" ? "home" : state.place.channel}`;
});
on("acted", askAll);
on("clock", () => {
  tickBench();
  tickPeople();
  redrawMessages();
});
window.addEventListener("hashchange", go);
byId("latest").addEventListener("click", goToLatest);
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says who looks and where
  byId("main").focus();
});
byId("scroll").addEventListener("scroll", ({ target }) => {
  if (target.scrollHeight - target.scrollTop - target.clientHeight < 40) byId("latest").hidden = true;
});
buildBench();
setInterval(() => {
  if (!state.person) return;
  tickBench();
  tickPeople();
}, 1000);
go();
