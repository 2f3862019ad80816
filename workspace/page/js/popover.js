// A panel that opens at a button and closes with Escape, a click elsewhere or a choice. The browser's own popover does
// the rest: it lies above everything, also above a modal, and gives the focus back.

function place(button, panel) {
  const from = button.getBoundingClientRect();
  const width = panel.offsetWidth;
  const height = panel.offsetHeight;
  const left = Math.max(8, Math.min(from.left, window.innerWidth - width - 8));
  const below = from.bottom + 4;
  const fits = below + height <= window.innerHeight - 8;
  const top = fits ? below : Math.max(8, Math.min(from.top - height - 4, window.innerHeight - height - 8));
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}

function first(panel) {
  return panel.querySelector("[aria-current=true], [data-first]") ?? panel.querySelector("button, input");
}

function moveFocus(panel, step) {
  const items = [...panel.querySelectorAll("button:not(:disabled), input, select")];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length]?.focus();
}

/** Open `panel` at `button`. With `arrows`, the up and down keys go through its entries. */
export function attach(button, panel, { arrows = true, onclose = null } = {}) {
  panel.popover = "auto";
  panel.classList.add("popover");
  button.popoverTargetElement = panel;
  button.setAttribute("aria-expanded", "false");
  panel.addEventListener("beforetoggle", (event) => {
    // The browser gives the focus to what asks for it while it opens the panel; "toggle" comes only after it, and the
    // keys that a quick hand typed meanwhile would be lost.
    if (event.newState !== "open") return;
    for (const before of panel.querySelectorAll("[autofocus]")) before.removeAttribute("autofocus");
    first(panel)?.setAttribute("autofocus", "");
  });
  panel.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    button.setAttribute("aria-expanded", String(open));
    if (open) place(button, panel);
    else onclose?.();
  });
  if (arrows) {
    panel.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      moveFocus(panel, step);
    });
  }
}

export function close(panel) {
  if (panel.matches(":popover-open")) panel.hidePopover();
}
