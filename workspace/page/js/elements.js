// The interactive elements of Block Kit. `host` is the view or message they stand in: {values, world, prefix, act}.

import { el } from "./dom.js";
import { fileField, richField } from "./composed.js";
import { confirmed } from "./confirm.js";
import { initialChoice, multiSelect, overflow, singleSelect } from "./choices.js";
import { textNodes } from "./mrkdwn.js";
import { say } from "./strings.js";

let made = 0;

/** Tell the host: first the confirm question if there is one, then the action. `input` blocks act only if they dispatch. */
async function act(element, value, at, node) {
  if (at.input && !at.input.dispatch_action) return;
  if (element.confirm && !(await confirmed(element.confirm, at.host.world))) return;
  const payload = { type: element.type, action_id: element.action_id, block_id: at.blockId, ...value };
  await at.host.act(at.blockId, payload, node);
}

function button(element, at) {
  const { host, blockId } = at;
  const node = el(
    "button",
    { type: "button", class: `button ${element.style ?? ""}` },
    textNodes(element.text, host.world),
  );
  if (element.accessibility_label) node.setAttribute("aria-label", element.accessibility_label);
  node.addEventListener("click", () => {
    if (element.url && /^(https?|mailto):/i.test(element.url)) window.open(element.url, "_blank", "noopener");
    return act(
      element,
      { text: element.text, ...(element.value !== undefined && { value: element.value }) },
      { ...at, blockId },
      node,
    );
  });
  return node;
}

/** A menu: what is chosen is remembered, and acts when `commit` is set (a panel of checkboxes commits when it closes). */
function menu(make) {
  return (element, at) => {
    const value = at.host.values.start(at.blockId, element, initialChoice(element, at.host.world), Boolean(at.input));
    const node = make(element, {
      value,
      world: at.host.world,
      id: at.id,
      onchange: (choice, commit = true) => {
        at.host.values.set(at.blockId, element, choice);
        if (commit) act(element, choice, at, node);
      },
    });
    return node;
  };
}

function dots(element, at) {
  const node = overflow(element, {
    world: at.host.world,
    id: at.id,
    onchange: (choice) => act(element, choice, at, node),
  });
  return node;
}

/** Checkboxes or radio buttons: a group of labelled boxes. */
function boxes(type) {
  return (element, at) => {
    const several = type === "checkbox";
    const key = several ? "selected_options" : "selected_option";
    const first = several ? (element.initial_options ?? []) : (element.initial_option ?? null);
    const value = at.host.values.start(at.blockId, element, { [key]: first }, Boolean(at.input));
    const chosen = [value[key] ?? []].flat().map((option) => option.value);
    const name = `boxes-${(made += 1)}`;
    const group = el("div", { class: "boxes", role: several ? "group" : "radiogroup", id: at.id });
    const changed = () => {
      const marked = new Set([...group.querySelectorAll("input:checked")].map((box) => box.value));
      const options = element.options.filter((option) => marked.has(option.value));
      const choice = { [key]: several ? options : (options[0] ?? null) };
      at.host.values.set(at.blockId, element, choice);
      act(element, choice, at, group);
    };
    for (const option of element.options) {
      const box = el("input", {
        type,
        name,
        value: option.value,
        checked: chosen.includes(option.value),
        onchange: changed,
      });
      const words = el(
        "span",
        {},
        textNodes(option.text, at.host.world),
        option.description && el("small", {}, textNodes(option.description, at.host.world)),
      );
      group.append(el("label", { class: "box" }, box, words));
    }
    return group;
  };
}

/** A date or time field of the browser. */
function picker(type, key, initial, read = (text) => text || null, write = (value) => value ?? "") {
  return (element, at) => {
    const value = at.host.values.start(at.blockId, element, { [key]: element[initial] ?? null }, Boolean(at.input));
    const words =
      element.placeholder?.text ?? say(at.host.world.person, type === "time" ? "choose_time" : "choose_date");
    const node = el("input", { type, id: at.id, class: "input picker", "aria-label": words, value: write(value[key]) });
    node.addEventListener("change", () => {
      const choice = { [key]: read(node.value) };
      at.host.values.set(at.blockId, element, choice);
      if (choice[key] !== null) act(element, choice, at, node);
    });
    return node;
  };
}

function textAttributes(element, at, value) {
  return {
    id: at.id,
    class: "input",
    placeholder: element.placeholder?.text,
    value: value ?? "",
    minlength: element.min_length,
    maxlength: element.max_length,
  };
}

/** A field for text: one line, several lines, a number, an address. */
function textField(type) {
  return (element, at) => {
    const value = at.host.values.start(at.blockId, element, { value: element.initial_value ?? null }, true).value;
    const several = element.multiline === true;
    const attributes = textAttributes(element, at, value);
    const node = several ? el("textarea", { ...attributes, rows: 4 }) : el("input", { ...attributes, type });
    if (!at.input) node.setAttribute("aria-label", element.placeholder?.text ?? element.action_id);
    const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    const current = () => ({ value: node.value === "" ? null : node.value });
    node.addEventListener("input", () => {
      at.host.values.set(at.blockId, element, current());
      if (triggers.includes("on_character_entered")) act(element, current(), at, node);
    });
    node.addEventListener("keydown", (event) => {
      const enter = event.key === "Enter" && !event.shiftKey && !several && !event.isComposing;
      if (!enter || !at.input?.dispatch_action || !triggers.includes("on_enter_pressed")) return;
      event.preventDefault();
      act(element, current(), at, node);
    });
    return node;
  };
}

const SINGLE = menu(singleSelect);
const MULTI = menu(multiSelect);

const ELEMENTS = {
  button,
  overflow: dots,
  static_select: SINGLE,
  users_select: SINGLE,
  conversations_select: SINGLE,
  channels_select: SINGLE,
  multi_static_select: MULTI,
  multi_users_select: MULTI,
  multi_conversations_select: MULTI,
  multi_channels_select: MULTI,
  checkboxes: boxes("checkbox"),
  radio_buttons: boxes("radio"),
  datepicker: picker("date", "selected_date", "initial_date"),
  timepicker: picker("time", "selected_time", "initial_time"),
  plain_text_input: textField("text"),
  email_text_input: textField("email"),
  url_text_input: textField("url"),
  number_input: textField("text"),
  rich_text_input: richField,
  file_input: fileField,
};

/** Render an element of a block. `input` is the input block that it stands in, if it does. */
export function interactive(element, host, blockId, input = null) {
  const id = `${host.prefix}-${blockId}-${element.action_id}`.replace(/[^\w-]/g, "_");
  const node = ELEMENTS[element.type]?.(element, { host, blockId, id, input });
  if (!node) return null;
  const focus = node.matches("button, select, input, textarea") ? node : (node.querySelector("button, input") ?? node);
  focus.dataset.actionId = element.action_id;
  focus.dataset.testid = `action-${element.action_id}`;
  return node;
}
