// Modals: the top view of the stack, its checks before sending, and the errors that the app answers with.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { renderBlocks, withIds } from "./blocks.js";
import { byId, el, fill, icon } from "./dom.js";
import { makeHost, sentence } from "./host.js";
import { textNodes } from "./mrkdwn.js";
import { state, world } from "./state.js";
import { say } from "./strings.js";
import { forget } from "./values.js";

let shown = "";
let opener = null;

function head(view) {
  const leave = el(
    "button",
    {
      type: "button",
      class: "plain",
      "aria-label": say(state.person, "close"),
      testid: "modal-x",
      onclick: () => leaveView(view),
    },
    icon("close"),
  );
  return el("header", { class: "modal-head" }, el("h2", { id: "modal-title" }, textNodes(view.title, world())), leave);
}

function foot(view) {
  const words = (object, key) => (object ? textNodes(object, world()) : say(state.person, key));
  const hasInputs = view.blocks.some((block) => block.type === "input");
  const leave = el(
    "button",
    { type: "button", class: "button", testid: "modal-close", onclick: () => leaveView(view) },
    words(view.close, hasInputs ? "cancel" : "close"),
  );
  const send =
    view.submit &&
    el("button", { type: "submit", class: "button primary", testid: "modal-submit" }, textNodes(view.submit, world()));
  return el("footer", { class: "modal-foot" }, leave, send);
}

async function leaveView(view) {
  forget(`${state.person.id} view ${view.id}`);
  await api.closeModal(state.person.id, view.id);
  emit("acted");
}

/** Errors by block id, at their fields; the first field gets the focus. */
function showErrors(errors) {
  let first = null;
  for (const place of byId("modal").querySelectorAll(".input-block")) {
    const text = errors[place.dataset.blockId];
    const line = place.querySelector(".error");
    const control = place.querySelector("input, select, textarea, button");
    line.hidden = !text;
    fill(line, text ? [icon("warning"), text] : []);
    place.classList.toggle("wrong", Boolean(text));
    control?.setAttribute("aria-invalid", String(Boolean(text)));
    if (text) first ??= control;
  }
  first?.focus();
}

function filled(entry) {
  return Object.entries(entry ?? {}).some(
    ([key, value]) => key !== "type" && value !== null && value !== "" && !(Array.isArray(value) && !value.length),
  );
}

function problem(block, entry) {
  const { element } = block;
  if (!filled(entry)) return block.optional ? null : say(state.person, "required");
  const text = entry.value;
  if (typeof text !== "string") return null;
  if (element.min_length && text.length < element.min_length)
    return say(state.person, "too_short", { n: element.min_length });
  if (element.max_length && text.length > element.max_length)
    return say(state.person, "too_long", { n: element.max_length });
  if (element.type === "number_input" && Number.isNaN(Number(text))) return say(state.person, "not_number");
  return null;
}

/** What Slack's own client checks before it sends a form. */
function ownErrors(view, values) {
  const inputs = withIds(view.blocks).filter((block) => block.type === "input");
  const found = inputs.map((block) => [
    block.block_id,
    problem(block, values[block.block_id]?.[block.element.action_id]),
  ]);
  return Object.fromEntries(found.filter(([, text]) => text));
}

async function submit(view, host, form) {
  const values = host.values.of(withIds(view.blocks));
  const mistakes = ownErrors(view, values);
  showErrors(mistakes);
  if (Object.keys(mistakes).length) return;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const answer = await api.submit(state.person.id, view.id, values).finally(() => {
    button.disabled = false;
  });
  if (answer.errors && Object.keys(answer.errors).length) showErrors(answer.errors);
  else if (answer.ok === false) complain(sentence(answer.error));
  emit("acted");
}

function complain(text) {
  const line = byId("modal").querySelector(".modal-trouble");
  line.hidden = false;
  fill(line, icon("warning"), text);
}

/** To the field that had it before an update, else to the first one. */
function giveFocus(form, before) {
  const fields = ["input", "select", "textarea", "button"].map((tag) => `.modal-body ${tag}`).join(", ");
  const target = (before && byId(before)) || form.querySelector(fields) || form.querySelector(".modal-foot button");
  target?.focus();
}

function draw(view) {
  const dialog = byId("modal");
  const container = { type: "view", view_id: view.id };
  const host = makeHost(`view ${view.id}`, container, view.blocks, complain);
  const focus = dialog.contains(document.activeElement) ? document.activeElement.id : "";
  const form = el(
    "form",
    { novalidate: true, testid: "modal-form" },
    head(view),
    el(
      "div",
      { class: "modal-body" },
      el("p", { class: "modal-trouble", role: "alert", hidden: true, testid: "modal-error" }),
      renderBlocks(view.blocks, host),
    ),
    foot(view),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(view, host, form);
  });
  dialog.oncancel = (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    leaveView(view);
  };
  const updated = dialog.open && dialog.dataset.viewId === view.id;
  const scrolled = updated ? dialog.querySelector(".modal-body").scrollTop : 0;
  fill(dialog, form);
  dialog.dataset.viewId = view.id;
  if (!dialog.open) {
    opener = document.activeElement;
    dialog.showModal();
  }
  giveFocus(form, focus);
  form.querySelector(".modal-body").scrollTop = scrolled;
}

/** What a modal shows. What is filled in stands in the page itself, so that typing goes on while the app answers. */
function signatureOf({ id, title, submit, close, blocks }) {
  return JSON.stringify([state.person.id, id, title, submit, close, blocks]);
}

/** Show the top of the stack; an empty stack closes the dialog. */
export function showModals(stack) {
  const dialog = byId("modal");
  const top = stack.at(-1);
  // Without what was filled in: a refused form keeps its fields and the errors beside them.
  const signature = top ? signatureOf(top) : "";
  if (signature === shown) return;
  shown = signature;
  if (top) draw(top);
  else if (dialog.open) {
    dialog.close();
    fill(dialog);
    if (opener?.isConnected) opener.focus();
  }
}
