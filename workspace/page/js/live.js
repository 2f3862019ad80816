// Asks the workspace for what the page shows, and again whenever the workspace says that something has changed.
// Each answer is for one person and place; if someone looks elsewhere by the time it comes, it is dropped.

import { api, listen, Unreachable } from "./api.js";
import { emit } from "./bus.js";
import { byId } from "./dom.js";
import { showHome } from "./home.js";
import { showMessages } from "./messages.js";
import { showModals } from "./modal.js";
import { learn, state } from "./state.js";

const NO_ANSWER = "The workspace does not answer. Is it still running? Trying again…";
let stopListening = () => {};
let heard = ""; // whose changes one listens to

function trouble(text) {
  byId("trouble").hidden = !text;
  byId("trouble").textContent = text;
}

/** Run a request. What is not answered is told in a banner, and asked again when the workspace is back. */
export async function ask(request, show) {
  try {
    const answer = await request();
    trouble("");
    show(answer);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    trouble(NO_ANSWER);
  }
}

/** Show the answer only if the same person still looks. */
function askAs(read, show) {
  const { id } = state.person;
  return ask(
    () => read(id),
    (answer) => state.person?.id === id && show(answer),
  );
}

function askState() {
  askAs(api.state, (answer) => {
    if (answer.ok === false)
      emit("stranger"); // started again, it no longer knows this person
    else {
      learn(answer);
      emit("learned");
    }
  });
}

function askMessages() {
  const { channel } = state.place;
  if (!channel) return;
  const show = (answer) => state.place.channel === channel && showMessages(answer.messages ?? []);
  askAs((id) => api.messages(id, channel), show);
}

function askHome() {
  if (state.place.tab === "home") askAs(api.home, (answer) => showHome(answer.view ?? null));
}

function askModals() {
  askAs(api.modals, (answer) => showModals(answer.stack ?? []));
}

/** What stands in the place one went to. */
export function askPlace() {
  askMessages();
  askHome();
  askModals();
}

export function askAll() {
  askState();
  askPlace();
}

function changed(topics) {
  const shown = `messages:${state.place.channel}`;
  const elsewhere = topics.some((topic) => topic.startsWith("messages:") && topic !== shown);
  if (topics.includes(shown)) askMessages();
  if (elsewhere || topics.includes("state")) askState();
  if (topics.includes("home")) askHome();
  if (topics.includes("modals")) askModals();
}

/** Listen for this person's changes. A page in the background does not: browsers allow six connections to a server. */
export function follow() {
  const wanted = document.hidden ? "" : state.person.id;
  if (heard === wanted) return;
  heard = wanted;
  stopListening();
  const ends = { onchange: changed, onopen: askAll, onlost: () => trouble(NO_ANSWER) };
  stopListening = wanted ? listen(wanted, ends) : () => {};
}
