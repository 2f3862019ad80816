// Menus of Block Kit: one of several, several of several, users, channels, and the three dots.

import { el, fill, icon } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { attach, close } from "./popover.js";
import { say } from "./strings.js";

const plain = (object, world) => textNodes(object, world).map(String).join("");

const asOption = (text, value) => ({ text: { type: "plain_text", text, emoji: false }, value });

/** Groups of options, whatever the kind of menu. Users and channels become options whose value is their id. */
function groupsOf(element, world) {
  if (/users_select$/.test(element.type))
    return [{ options: world.people.map((person) => asOption(person.real_name || person.name, person.id)) }];
  if (/(conversations|channels)_select$/.test(element.type))
    return [{ options: world.channels.map((entry) => asOption(`#${entry.name}`, entry.id)) }];
  return element.option_groups ?? [{ options: element.options ?? [] }];
}

const IDS = {
  users_select: "selected_user",
  conversations_select: "selected_conversation",
  channels_select: "selected_channel",
};

/** The value of a menu as Slack's payload names it. */
function picked(element, options) {
  const bare = element.type.replace(/^multi_/, "");
  const several = element.type.startsWith("multi_");
  if (bare in IDS) {
    const ids = options.map((option) => option.value);
    return several ? { [`${IDS[bare]}s`]: ids } : { [IDS[bare]]: ids[0] ?? null };
  }
  return several ? { selected_options: options } : { selected_option: options[0] ?? null };
}

/** What is chosen at first. */
export function initialChoice(element, world) {
  const all = groupsOf(element, world).flatMap((group) => group.options);
  const bare = element.type
    .replace(/^multi_/, "")
    .replace("_select", "")
    .replace(/s$/, "");
  const named = element[`initial_${bare}s`] ?? element[`initial_${bare}`];
  const given = element.initial_options ?? element.initial_option ?? named ?? [];
  const wanted = [given].flat().map((entry) => entry.value ?? entry);
  return picked(
    element,
    all.filter((option) => wanted.includes(option.value)),
  );
}

function chosenValues(value) {
  const entries = Object.entries(value).filter(([key]) => key.startsWith("selected_"));
  return entries.flatMap(([, entry]) => [entry ?? []].flat()).map((entry) => entry.value ?? entry);
}

function optionNode(option, chosen, world) {
  const description = option.description ? ` – ${plain(option.description, world)}` : "";
  return el(
    "option",
    { value: option.value, selected: chosen.includes(option.value) },
    plain(option.text, world) + description,
  );
}

/** A menu with one choice. The browser's own select: it works with every keyboard, reader and telephone. */
export function singleSelect(element, { value, world, id, onchange }) {
  const groups = groupsOf(element, world);
  const chosen = chosenValues(value);
  const placeholder = element.placeholder ? plain(element.placeholder, world) : say(world.person, "choose");
  const select = el(
    "select",
    { id, class: "select", "aria-label": placeholder },
    el("option", { value: "", disabled: true, hidden: true, selected: !chosen.length }, placeholder),
    groups.map((group) => {
      const options = group.options.map((option) => optionNode(option, chosen, world));
      return group.label ? el("optgroup", { label: plain(group.label, world) }, options) : options;
    }),
  );
  select.addEventListener("change", () => {
    const option = groups.flatMap((group) => group.options).find((entry) => entry.value === select.value);
    onchange(picked(element, [option]));
  });
  select.addEventListener("keydown", (event) => {
    // Where a choice acts at once, arrows must open the menu and not run through the choices.
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || !select.showPicker) return;
    event.preventDefault();
    select.showPicker();
  });
  return select;
}

function checkRow(option, checked, world, onchange) {
  const box = el("input", { type: "checkbox", checked, value: option.value, onchange });
  return el("label", { class: "check-row" }, box, el("span", {}, plain(option.text, world)));
}

function searchField(panel, world) {
  const search = (event) => {
    const words = event.target.value.toLocaleLowerCase();
    for (const row of panel.querySelectorAll(".check-row"))
      row.hidden = !row.textContent.toLocaleLowerCase().includes(words);
  };
  return el("input", {
    class: "input",
    type: "search",
    placeholder: say(world.person, "search"),
    "aria-label": say(world.person, "search"),
    oninput: search,
  });
}

/** A menu with several choices: a button that names them, and a panel of checkboxes. It acts when the panel closes. */
export function multiSelect(element, { value, world, id, onchange }) {
  const groups = groupsOf(element, world);
  const all = groups.flatMap((group) => group.options);
  let chosen = chosenValues(value);
  let before = chosen.join("\n");
  const label = el("span", { class: "multi-label" });
  const button = el("button", { type: "button", id, class: "select multi" }, label, icon("down"));
  const show = () => {
    const names = all.filter((option) => chosen.includes(option.value)).map((option) => plain(option.text, world));
    const placeholder = element.placeholder ? plain(element.placeholder, world) : say(world.person, "choose");
    fill(
      label,
      names.length
        ? names.map((name) => el("span", { class: "chip" }, name))
        : el("span", { class: "faint" }, placeholder),
    );
    button.setAttribute("aria-label", [placeholder, ...names].join(", "));
  };
  const panel = el("div", { class: "multi-panel", role: "group" });
  const update = () => {
    chosen = [...panel.querySelectorAll("input:checked")].map((box) => box.value);
    const full = element.max_selected_items && chosen.length >= element.max_selected_items;
    for (const box of panel.querySelectorAll("input[type=checkbox]:not(:checked)")) box.disabled = Boolean(full);
    show();
    onchange(
      picked(
        element,
        all.filter((option) => chosen.includes(option.value)),
      ),
      false,
    );
  };
  const rows = groups.map((group) => [
    group.label && el("div", { class: "group-label" }, plain(group.label, world)),
    group.options.map((option) => checkRow(option, chosen.includes(option.value), world, update)),
  ]);
  const done = el(
    "button",
    { type: "button", class: "button", onclick: () => close(panel) },
    say(world.person, "done"),
  );
  panel.append(...(all.length > 10 ? [searchField(panel, world)] : []), el("div", { class: "rows" }, rows), done);
  attach(button, panel, {
    onclose: () => {
      const after = chosen.join("\n");
      if (after !== before)
        onchange(
          picked(
            element,
            all.filter((option) => chosen.includes(option.value)),
          ),
          true,
        );
      before = after;
    },
  });
  show();
  return el("span", { class: "multi-wrap" }, button, panel);
}

/** The three dots. */
export function overflow(element, { world, id, onchange }) {
  const button = el(
    "button",
    { type: "button", id, class: "button dots", "aria-label": say(world.person, "more") },
    icon("dots"),
  );
  const panel = el("div", { class: "menu-panel" });
  const entries = element.options.map((option) =>
    el(
      "button",
      {
        type: "button",
        class: "menu-item",
        data: { value: option.value },
        onclick: () => {
          close(panel);
          if (option.url && /^https?:/i.test(option.url)) window.open(option.url, "_blank", "noopener");
          onchange({ selected_option: option }, true);
        },
      },
      el("span", {}, plain(option.text, world)),
      option.description && el("small", {}, plain(option.description, world)),
    ),
  );
  panel.append(...entries);
  attach(button, panel);
  return el("span", { class: "multi-wrap" }, button, panel);
}
