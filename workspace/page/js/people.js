// 'See as': who one looks at the workspace as, with their place, local time and language; and a newcomer's form.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { clockTime, tag } from "./dates.js";
import { byId, el, fill, icon } from "./dom.js";
import { attach, close } from "./popover.js";
import { avatar, now, state } from "./state.js";
import { toast } from "./toast.js";

const ZONES = ["Africa/Nairobi", "Africa/Dakar", "Africa/Antananarivo", "America/Santiago", "America/New_York", "Asia/Hanoi", "Asia/Kathmandu", "Europe/Geneva", "Pacific/Fiji"];
const LOCALES = ["en-US", "en-GB", "fr-FR", "es-ES", "es-LA"];

/** What a person does and where, from a title such as "Secretariat, Geneva". Without a place the zone's city has to do. */
function roleAndPlace(person) {
  const [, role, place] = /^(.*), ([^,]+)$/.exec(person.title ?? "") ?? [null, person.title, null];
  return { role, place: place ?? person.tz.split("/").pop().replaceAll("_", " ") };
}

/** "Geneva", for the secretariat's people. */
export function city(person) {
  return roleAndPlace(person).place;
}

/** The language in its own words: français. */
function languageName(person) {
  if (person.language_name) return person.language_name;
  const code = tag(person.locale).split("-")[0];
  return new Intl.DisplayNames(code, { type: "language" }).of(code);
}

/** "Nairobi · 15:04 · français" */
export function whereabouts(person) {
  return `${city(person)} · ${clockTime(now(), person)} · ${languageName(person)}`;
}

function entry(person, panel) {
  const current = person.id === state.person.id;
  const pick = () => {
    close(panel);
    emit("see-as", person.id);
  };
  return el("button", { type: "button", class: "person", testid: `see-as-${person.id}`, "aria-current": current ? "true" : undefined, onclick: pick },
    avatar(person.id),
    el("span", { class: "who" },
      el("b", {}, person.real_name || person.name),
      roleAndPlace(person).role && el("small", {}, roleAndPlace(person).role),
      el("small", { class: "whereabouts", data: { person: person.id } }, whereabouts(person))));
}

function select(name, values, label) {
  return el("label", { class: "stacked" }, label, el("select", { name, class: "select" }, values.map((value) => el("option", { value }, value))));
}

/** The form for someone new. The workspace tells the bot (team_join), and one then sees it as them. */
function openNewcomer() {
  const dialog = byId("newcomer");
  const zones = ZONES.filter((zone) => Intl.supportedValuesOf("timeZone").includes(zone) || zone === "Asia/Kathmandu");
  const form = el("form", { method: "dialog" },
    el("header", { class: "modal-head" }, el("h2", { id: "newcomer-title" }, "Add a member")),
    el("div", { class: "modal-body" },
      el("label", { class: "stacked" }, "Full name", el("input", { name: "real_name", class: "input", required: true, maxlength: 80, autocomplete: "off" })),
      select("locale", LOCALES, "Language of their Slack"),
      select("tz", zones, "Time zone"),
      el("p", { class: "hint" }, "The bot welcomes them in a direct message.")),
    el("footer", { class: "modal-foot" },
      el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
      el("button", { type: "submit", class: "button primary", testid: "new-member-add" }, "Add")));
  form.addEventListener("submit", async () => {
    const member = Object.fromEntries(new FormData(form));
    const answer = await api.newMember({ ...member, name: member.real_name.toLowerCase().replace(/\s+/g, ".") });
    if (answer.ok === false) toast(`Not added: ${answer.error}`, "bad");
    else {
      const id = answer.id ?? answer.user?.id ?? answer.member?.id;
      emit(id ? "see-as" : "acted", id);
    }
  });
  fill(dialog, form);
  dialog.showModal();
}

/** The switcher at the top of the sidebar. */
export function seeAs() {
  const panel = el("div", { class: "people-panel", lang: "en" });
  panel.append(
    ...state.people.map((person) => entry(person, panel)),
    el("button", { type: "button", class: "menu-item add", testid: "new-member", onclick: () => { close(panel); openNewcomer(); } }, icon("plus"), "Add a member…"));
  const button = el("button", { type: "button", class: "see-as", testid: "see-as", "aria-label": `See as: ${state.person.real_name}, ${whereabouts(state.person)}` },
    avatar(state.person.id),
    el("span", { class: "who" },
      el("small", { class: "kicker", lang: "en" }, "See as"),
      el("b", { testid: "see-as-name" }, state.person.real_name || state.person.name),
      el("small", { class: "whereabouts", data: { person: state.person.id }, testid: "see-as-where" }, whereabouts(state.person))),
    icon("down"));
  attach(button, panel);
  return [button, panel];
}

/** Bring the local times up to date. */
export function tickPeople() {
  for (const node of document.querySelectorAll(".whereabouts[data-person]")) {
    const person = state.people.find((one) => one.id === node.dataset.person);
    if (person) node.textContent = whereabouts(person);
  }
}
