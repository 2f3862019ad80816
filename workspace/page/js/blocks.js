// The Block Kit renderer: blocks to elements. `host` is what they stand in (see elements.js).

import { el } from "./dom.js";
import { interactive } from "./elements.js";
import { mrkdwn, textNodes } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { say } from "./strings.js";

function image(element, kind) {
  const address = element.image_url ?? element.slack_file?.url ?? "";
  if (!/^https?:|^\/|^data:image\//i.test(address)) return el("span", { class: "faint" }, element.alt_text);
  return el("img", { class: kind, src: address, alt: element.alt_text ?? "", loading: "lazy" });
}

function section(block, host) {
  const accessory =
    block.accessory &&
    (block.accessory.type === "image"
      ? image(block.accessory, "thumb")
      : interactive(block.accessory, host, block.block_id));
  const fields = block.fields?.map((field) => el("div", { class: "field" }, textNodes(field, host.world)));
  return el(
    "div",
    { class: "block section" },
    el(
      "div",
      { class: "section-text" },
      block.text && el("div", {}, textNodes(block.text, host.world)),
      fields && el("div", { class: "fields" }, fields),
    ),
    accessory && el("div", { class: "accessory" }, accessory),
  );
}

function context(block, host) {
  const parts = block.elements.map((element) =>
    element.type === "image" ? image(element, "tiny") : el("span", {}, textNodes(element, host.world)),
  );
  return el("div", { class: "block context" }, parts);
}

function picture(block, host) {
  return el(
    "figure",
    { class: "block picture" },
    block.title && el("figcaption", {}, textNodes(block.title, host.world)),
    image(block, "large"),
  );
}

/** Tie a field to its label, hint and error, for those who hear the page. */
function describe(control, block, id, group) {
  control.removeAttribute("aria-label");
  control.setAttribute("aria-describedby", `${id}-hint ${id}-error`);
  const native = control.matches("input, select, textarea");
  if (native && !block.optional) control.setAttribute("aria-required", "true");
  if (!native) control.setAttribute("aria-labelledby", group ? `${id}-label` : `${id}-label ${control.id}`);
}

function label(block, host, id, target) {
  return el(
    target ? "label" : "div",
    { class: "label", id: `${id}-label`, for: target },
    textNodes(block.label, host.world),
    block.optional && el("span", { class: "faint" }, ` ${say(host.world.person, "optional")}`),
  );
}

function input(block, host) {
  const node = interactive(block.element, host, block.block_id, block);
  const group = node?.classList.contains("boxes");
  const control = group || node?.matches("input, select, textarea") ? node : node?.querySelector("button, input");
  const id = `${host.prefix}-${block.block_id}`.replace(/[^\w-]/g, "_");
  if (control) describe(control, block, id, group);
  return el(
    "div",
    { class: "block input-block", data: { blockId: block.block_id } },
    label(block, host, id, group ? undefined : control?.id),
    node,
    block.hint && el("p", { class: "hint", id: `${id}-hint` }, textNodes(block.hint, host.world)),
    el("p", { class: "error", id: `${id}-error`, hidden: true, testid: `error-${block.block_id}` }),
  );
}

/** Slack's markdown block: the standard marks are close enough to mrkdwn's to be rewritten. */
function markdown(block, host) {
  const text = block.text
    .replace(/^#{1,6} (.+)$/gm, "**$1**")
    .replace(/\[([^\]\n]+)\]\(([^)\s]+)\)/g, "<$2|$1>")
    .replace(/(?<!\*)\*(?!\*|\s)([^*\n]+)\*(?!\*)/g, "_$1_")
    .replace(/\*\*([^*\n]+)\*\*/g, "*$1*")
    .replace(/^(\s*)[-*] /gm, "$1• ");
  return el("div", { class: "block" }, mrkdwn(text, host.world));
}

const BLOCKS = {
  header: (block, host) => el("h3", { class: "block header" }, textNodes(block.text, host.world)),
  divider: () => el("hr", { class: "block" }),
  section,
  context,
  image: picture,
  input,
  actions: (block, host) =>
    el(
      "div",
      { class: "block actions" },
      block.elements.map((element) => interactive(element, host, block.block_id)),
    ),
  rich_text: (block, host) => el("div", { class: "block" }, richText(block, host.world)),
  markdown,
};

/** Give every block an id, as Slack does where the app gave none. */
export function withIds(blocks) {
  return blocks.map((block, index) => (block.block_id ? block : { ...block, block_id: `block_${index}` }));
}

export function renderBlocks(blocks, host) {
  return withIds(blocks).map((block) => {
    const node = BLOCKS[block.type]?.(block, host);
    return node ?? el("p", { class: "block faint" }, say(host.world.person, "unsupported", { type: block.type }));
  });
}
