// 'See as': who one looks at the workspace as, with their place, local time and language.

import { emit } from "./bus.js";
import { clockTime, tag } from "./dates.js";
import { el, icon } from "./dom.js";
import { openNewcomer } from "./newcomer.js";
import { attach, close } from "./popover.js";
import { avatar, now, state } from "./state.js";

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
  return el(
    "button",
    {
      type: "button",
      class: "person",
      testid: `see-as-${person.id}`,
      "aria-current": current ? "true" : undefined,
      onclick: pick,
    },
    avatar(person.id),
    el(
      "span",
      { class: "who" },
      el("b", {}, person.real_name || person.name),
      roleAndPlace(person).role && el("small", {}, roleAndPlace(person).role),
      el("small", { class: "whereabouts", data: { person: person.id } }, whereabouts(person)),
    ),
  );
}

/** The switcher at the top of the sidebar. */
export function seeAs() {
  const panel = el("div", { class: "people-panel", lang: "en" });
  panel.append(
    ...state.people.map((person) => entry(person, panel)),
    el(
      "button",
      {
        type: "button",
        class: "menu-item add",
        testid: "new-member",
        onclick: () => {
          close(panel);
          openNewcomer();
        },
      },
      icon("plus"),
      "Add a member…",
    ),
  );
  const button = el(
    "button",
    {
      type: "button",
      class: "see-as",
      testid: "see-as",
      "aria-label": `See as: ${state.person.real_name}, ${whereabouts(state.person)}`,
    },
    avatar(state.person.id),
    el(
      "span",
      { class: "who" },
      el("small", { class: "kicker", lang: "en" }, "See as"),
      el("b", { testid: "see-as-name" }, state.person.real_name || state.person.name),
      el(
        "small",
        { class: "whereabouts", data: { person: state.person.id }, testid: "see-as-where" },
        whereabouts(state.person),
      ),
    ),
    icon("down"),
  );
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
