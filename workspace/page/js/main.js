// Starts the page and goes where the address says: #/U0AMINA/C0COMMUNITY, #/U0AMINA/home.

import { api } from "./api.js";
import { on } from "./bus.js";
import { buildBench, showBench, tickBench } from "./clock.js";
import { showComposer } from "./composer.js";
import { byId } from "./dom.js";
import { forgetHome } from "./home.js";
import { ask, askAll, askPlace, follow } from "./live.js";
import { goToLatest, redrawMessages } from "./messages.js";
import { showModals } from "./modal.js";
import { tickPeople } from "./people.js";
import { showPlace, showSidebar } from "./sidebar.js";
import { botChannel, channel, channelTitle, learn, state } from "./state.js";
import { language } from "./strings.js";

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

/** The workspace as a person sees it; whom it does not know (an old address) gives way to the first person. */
async function stateFor(as) {
  const answer = await api.state(as);
  return answer.ok === false && as ? api.state("") : answer;
}

/** Everything but the messages and views themselves. */
function frame() {
  const home = state.place.tab === "home";
  const entry = channel(state.place.channel);
  document.documentElement.lang = language(state.person);
  document.title = `${home || !entry ? state.bot.name : channelTitle(entry)} · ${state.workspace}`;
  byId("messages").hidden = home;
  byId("home").hidden = !home;
  byId("scroll").setAttribute("aria-label", document.title);
  showBench();
  showSidebar();
  showPlace();
  showComposer();
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
  history.replaceState(null, "", `#/${state.person.id}/${state.place.channel ?? "home"}`);
  if (state.person.id !== before) {
    showModals([]);
    forgetHome();
  }
  frame();
  tickPeople();
  if (state.place.tab === "home") api.openHome(state.person.id);
  askPlace();
  follow();
}

on("see-as", (id) => {
  location.hash = `#/${id}/${state.place.tab === "home" ? "home" : state.place.channel}`;
});
on("acted", askAll);
on("learned", () => {
  frame();
  redrawMessages();
});
on("stranger", () => {
  state.person = null;
  go();
});
on("clock", () => {
  tickBench();
  tickPeople();
  redrawMessages();
});
window.addEventListener("hashchange", go);
document.addEventListener("visibilitychange", () => state.person && follow());
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
