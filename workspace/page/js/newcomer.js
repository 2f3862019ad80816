// The form for someone new: the workspace tells the bot (team_join), and one then sees it as them.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { byId, el, fill } from "./dom.js";
import { toast } from "./toast.js";

const ZONES = {
  "Indian/Antananarivo": "Antananarivo",
  "Africa/Dakar": "Dakar",
  "Africa/Nairobi": "Nairobi",
  "America/New_York": "New York",
  "America/Santiago": "Santiago",
  "Asia/Ho_Chi_Minh": "Hanoi",
  "Asia/Kathmandu": "Kathmandu",
  "Europe/Zurich": "Geneva",
  "Pacific/Fiji": "Suva",
};
const LOCALES = { "en-US": "English", "fr-FR": "Français", "es-ES": "Español", "es-LA": "Español (Latinoamérica)" };

function select(name, values, label) {
  const options = Object.entries(values).map(([value, words]) => el("option", { value }, words));
  return el("label", { class: "stacked" }, label, el("select", { name, class: "select" }, options));
}

async function add(member) {
  const name = member.real_name.trim().toLowerCase().replace(/\s+/g, ".");
  const answer = await api.newMember({ ...member, name });
  if (answer.ok === false) toast(`Not added: ${answer.error}.`, "bad");
  else emit("see-as", answer.id);
}

/** The form for someone new. The workspace tells the bot (team_join), and one then sees it as them. */
export function openNewcomer() {
  const dialog = byId("newcomer");
  const form = el(
    "form",
    { method: "dialog" },
    el("header", { class: "modal-head" }, el("h2", { id: "newcomer-title" }, "Add a member")),
    el(
      "div",
      { class: "modal-body" },
      el(
        "label",
        { class: "stacked" },
        "Full name",
        el("input", { name: "real_name", class: "input", required: true, maxlength: 80, autocomplete: "off" }),
      ),
      select("locale", LOCALES, "Language of their Slack"),
      select("tz", ZONES, "Where they are"),
      el("p", { class: "hint" }, "The bot welcomes them in a direct message."),
    ),
    el(
      "footer",
      { class: "modal-foot" },
      el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
      el("button", { type: "submit", class: "button primary", testid: "new-member-add" }, "Add"),
    ),
  );
  form.addEventListener("submit", () => add(Object.fromEntries(new FormData(form))));
  fill(dialog, form);
  dialog.showModal();
}
