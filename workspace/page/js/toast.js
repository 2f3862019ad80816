// Short messages of the workspace itself: the clock was moved, a fault is set.

import { byId, el } from "./dom.js";

const SHOWN_MS = 6000;

export function toast(text, kind = "") {
  const node = el("div", { class: `toast ${kind}`, testid: "toast" }, text);
  byId("toasts").replaceChildren(node);
  setTimeout(() => node.remove(), SHOWN_MS);
}
