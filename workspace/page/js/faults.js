// 'Make Slack misbehave': what the workspace does to the bot's next calls, to see how it copes.

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { attach, close } from "./popover.js";
import { toast } from "./toast.js";

const POST = "chat.postMessage";
const FAULTS = [
  {
    kind: "rate_limit",
    method: POST,
    seconds: 5,
    title: "Too many requests (429)",
    detail: "The next post is refused: try again in 5 seconds.",
  },
  {
    kind: "server_error",
    method: POST,
    times: 1,
    title: "Server error (500)",
    detail: "The next post fails with status 500.",
  },
  {
    kind: "accept_and_drop",
    method: POST,
    times: 1,
    title: "Accept, but drop the reply",
    detail: "The next post is stored; the bot hears nothing.",
  },
  { kind: "cut_sockets", title: "Cut the socket", detail: "The bot's connection ends; it should come back." },
];

async function set({ title, detail, ...fault }) {
  const answer = await api.fault(fault);
  if (answer.ok === false) toast(`${title}: ${answer.error}`, "bad");
  else toast(`${title}. ${detail}`);
}

export function faultMenu() {
  const panel = el("div", { class: "menu-panel" });
  for (const fault of FAULTS) {
    const choose = () => {
      close(panel);
      set(fault);
    };
    panel.append(
      el(
        "button",
        { type: "button", class: "menu-item", testid: `fault-${fault.kind}`, onclick: choose },
        el("span", {}, fault.title),
        el("small", {}, fault.detail),
      ),
    );
  }
  const button = el(
    "button",
    { type: "button", class: "tool", testid: "misbehave" },
    icon("bolt"),
    "Make Slack misbehave",
    icon("down"),
  );
  attach(button, panel);
  return [button, panel];
}
