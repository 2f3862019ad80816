// The Home tab of the app.

import { byId, el, fill } from "./dom.js";
import { renderBlocks } from "./blocks.js";
import { makeHost } from "./host.js";
import { isoDay } from "./dates.js";
import { now, state } from "./state.js";
import { say } from "./strings.js";
import { toast } from "./toast.js";

let drawn = "";

/** Show a published view, or a friendly gap where there is none yet. */
export function showHome(view) {
  const signature = JSON.stringify([
    state.person.id,
    state.person.locale,
    isoDay(now(), state.person),
    view?.id,
    view?.blocks,
  ]);
  if (signature === drawn) return;
  drawn = signature;
  const home = byId("home");
  if (!view) {
    fill(home, el("p", { class: "empty" }, say(state.person, "empty_home")));
    return;
  }
  const focus = home.contains(document.activeElement) ? document.activeElement.dataset.actionId : null;
  const host = makeHost("home", { type: "view", view_id: view.id }, view.blocks, (text) => toast(text, "bad"));
  fill(home, renderBlocks(view.blocks, host));
  if (focus) [...home.querySelectorAll("[data-action-id]")].find((node) => node.dataset.actionId === focus)?.focus();
}

export function forgetHome() {
  drawn = "";
}
