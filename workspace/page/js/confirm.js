// "Are you sure?" before an action that has a confirm object.

import { byId, el, fill } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { say } from "./strings.js";

/** Ask; resolves to true if the person confirms. */
export function confirmed(question, world) {
  const dialog = byId("confirm");
  const danger = question.style === "danger";
  const label = (object, key) => (object ? textNodes(object, world) : say(world.person, key));
  const button = (value, kind, words) => el("button", { value, class: kind, testid: `confirm-${value}` }, words);
  fill(
    dialog,
    el(
      "form",
      { method: "dialog" },
      el("header", { class: "modal-head" }, el("h2", { id: "confirm-title" }, textNodes(question.title, world))),
      el("div", { class: "modal-body" }, el("p", {}, textNodes(question.text, world))),
      el(
        "footer",
        { class: "modal-foot" },
        button("deny", "button", label(question.deny, "cancel")),
        button("confirm", danger ? "button danger" : "button primary", label(question.confirm, "done")),
      ),
    ),
  );
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "confirm"), { once: true });
  });
}
