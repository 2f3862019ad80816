// The rich_text block: sections, lists, quotes, preformatted text, and what may stand in them.

import { el } from "./dom.js";
import { slackDate } from "./dates.js";
import { emoji } from "./emoji.js";
import { link, mention } from "./mrkdwn.js";

const TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

function styled(style, node) {
  return Object.entries(TAGS).reduce((inner, [name, tag]) => (style?.[name] ? el(tag, {}, inner) : inner), node);
}

function date(element, world) {
  const reader = element.timezone ? { ...world.person, tz: element.timezone } : world.person;
  const text = slackDate(element.timestamp, element.format, reader, world.now(), element.fallback ?? "");
  const node = el("time", { datetime: new Date(element.timestamp * 1000).toISOString() }, text);
  return element.url ? link(element.url, node) : node;
}

const INLINE = {
  text: (element) => element.text,
  link: (element) => link(element.url, element.text ?? element.url),
  user: (element, world) => mention(`@${world.personName(element.user_id)}`, element.user_id === world.person.id),
  channel: (element, world) => mention(`#${world.channelName(element.channel_id)}`),
  usergroup: (element) => mention(`@${element.usergroup_id}`),
  broadcast: (element) => mention(`@${element.range}`, true),
  emoji: (element) => emoji(element.name),
  color: (element) => el("code", {}, element.value),
  date,
};

function inline(elements, world) {
  return elements.map((element) => styled(element.style, INLINE[element.type]?.(element, world) ?? ""));
}

const NUMBERING = ["decimal", "lower-alpha", "lower-roman"];

function list(part, world) {
  const indent = part.indent ?? 0;
  const items = part.elements.map((item) => el("li", {}, inline(item.elements ?? [], world)));
  const node = el(part.style === "ordered" ? "ol" : "ul", { class: `rich-list indent-${indent}` }, items);
  if (part.style === "ordered") {
    node.style.listStyleType = NUMBERING[indent % NUMBERING.length];
    node.start = (part.offset ?? 0) + 1;
  }
  return node;
}

const PARTS = {
  rich_text_section: (part, world) => el("div", { class: "rich-section" }, inline(part.elements, world)),
  rich_text_list: list,
  rich_text_quote: (part, world) => el("blockquote", {}, inline(part.elements, world)),
  rich_text_preformatted: (part, world) => el("pre", {}, inline(part.elements, world)),
};

export function richText(block, world) {
  return el(
    "div",
    { class: "rich" },
    block.elements.map((part) => PARTS[part.type]?.(part, world)),
  );
}
