// The list of suggestions above the message field, worked by keyboard or pointer. The field keeps the focus.

import { el, fill } from "./dom.js";
import { suggestions } from "./completion.js";

export class CompletionList {
  /** `field` is what one types in, `list` the listbox; `write` puts a chosen text into the field. */
  constructor(field, list, write) {
    Object.assign(this, { field, list, write, entries: [], active: -1 });
  }

  close() {
    this.entries = [];
    this.list.hidden = true;
    this.mark(-1);
  }

  /** Show what fits to the text; nothing fits: close. */
  suggest(commands) {
    const found = suggestions(this.field.value, commands);
    this.commands = commands;
    this.entries = found.entries;
    if (!this.entries.length) {
      this.close();
      return;
    }
    fill(
      this.list,
      this.entries.map((entry, index) => this.option(entry, index)),
    );
    this.list.hidden = false;
    this.mark(found.eager ? 0 : -1);
  }

  option(entry, index) {
    const pick = (event) => {
      event.preventDefault();
      this.choose(index);
    };
    return el(
      "li",
      { role: "option", id: `completion-${index}`, testid: "completion-option", onmousedown: pick },
      entry.before && el("span", { class: "before" }, entry.before),
      el("b", {}, entry.title),
      entry.hint && el("code", {}, entry.hint),
      entry.detail && el("small", {}, entry.detail),
    );
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
    if (index < 0) {
      this.field.removeAttribute("aria-activedescendant");
      return;
    }
    this.field.setAttribute("aria-activedescendant", `completion-${index}`);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  choose(index) {
    this.write(this.entries[index].text);
    this.suggest(this.commands);
  }

  /** Up, down, Tab, Escape, and Enter on a marked entry. Says whether the key was for the list. */
  takes({ key, shiftKey }) {
    if (!this.entries.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) this.mark(this.next(step));
    else if (key === "Escape") this.close();
    else if (key === "Tab" && !shiftKey) this.choose(Math.max(this.active, 0));
    else if (key === "Enter" && !shiftKey && this.active >= 0) this.choose(this.active);
    else return false;
    return true;
  }

  next(step) {
    const { active, entries } = this;
    if (active < 0) return step > 0 ? 0 : entries.length - 1;
    return (active + step + entries.length) % entries.length;
  }
}
