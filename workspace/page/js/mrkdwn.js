// Slack's mrkdwn as elements: *bold*, _italic_, ~strike~, `code`, ```blocks```, > quotes, and the <…> of links,
// mentions and dates. `world` names people and channels and knows the reader and the time (see state.js).

import { el } from "./dom.js";
import { slackDate } from "./dates.js";
import { emoji, withEmoji } from "./emoji.js";

const INLINE = new RegExp(
  [
    "<(?<angle>[^<>\\n]+)>",
    "`(?<code>[^`\\n]+)`",
    "(?<![\\p{L}\\p{N}])(?<mark>[*_~])(?=\\S)(?<styled>(?:<[^<>\\n]+>|[^\\n])+?)(?<=\\S)\\k<mark>(?![\\p{L}\\p{N}])",
    "(?<url>https?://(?:(?!&[lg]t;)[^\\s<>|])+(?<![.,;:!?)]))",
    "(?<![\\p{L}\\p{N}]):(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "gu",
);
const STYLES = { "*": "strong", _: "em", "~": "s" };

/** Slack escapes three characters, and only those. */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** A link, if its address is one that may be opened; else its words alone. */
export function link(address, ...words) {
  if (!/^(https?|mailto|tel):/i.test(address)) return el("span", {}, words);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, words);
}

export function mention(text, own = false) {
  return el("span", { class: own ? "mention own" : "mention" }, text);
}

function dateNode(body, label, world) {
  const [, timestamp, format, address] = body.split("^");
  const text = slackDate(timestamp, unescape(format ?? ""), world.person, world.now(), unescape(label ?? ""));
  const moment = new Date(Number(timestamp) * 1000);
  const node = el("time", Number.isNaN(moment.getTime()) ? {} : { datetime: moment.toISOString() }, text);
  return address ? link(unescape(address), node) : node;
}

function angle(inner, world) {
  const [body, label] = inner.split(/\|(.*)/s);
  if (body.startsWith("@")) return mention(`@${world.personName(body.slice(1))}`, body.slice(1) === world.person.id);
  if (body.startsWith("#")) return mention(`#${world.channelName(body.slice(1), label)}`);
  if (body.startsWith("!date^")) return dateNode(body, label, world);
  if (body.startsWith("!subteam^")) return mention(unescape(label ?? "@group"));
  if (body.startsWith("!")) return mention(`@${body.slice(1).split("^")[0]}`, true);
  return link(unescape(body), unescape(label ?? body.replace(/^mailto:/, "")));
}

function inline(text, world) {
  const nodes = [];
  let position = 0;
  for (const found of text.matchAll(INLINE)) {
    const { angle: inner, code, mark, styled, url, emoji: name } = found.groups;
    nodes.push(unescape(text.slice(position, found.index)));
    if (inner) nodes.push(angle(inner, world));
    else if (code) nodes.push(el("code", {}, unescape(code)));
    else if (mark) nodes.push(el(STYLES[mark], {}, inline(styled, world)));
    else if (url) nodes.push(link(unescape(url), unescape(url)));
    else nodes.push(emoji(name));
    position = found.index + found[0].length;
  }
  nodes.push(unescape(text.slice(position)));
  return nodes;
}

function paragraph(lines, world) {
  return lines.map((line, index) => {
    const bullet = /^\s*[•◦▪]\s/.test(line);
    const end = index < lines.length - 1 && !bullet ? el("br") : null;
    return bullet ? el("span", { class: "bullet" }, inline(line.trim(), world)) : [inline(line, world), end];
  });
}

const isQuote = (line) => /^(&gt;|>) ?/.test(line);

function lines(text, world) {
  const nodes = [];
  let run = [];
  const flush = () => {
    if (!run.length) return;
    const quoted = isQuote(run[0]);
    const body = paragraph(quoted ? run.map((line) => line.replace(/^(&gt;|>) ?/, "")) : run, world);
    nodes.push(quoted ? el("blockquote", {}, body) : body);
    run = [];
  };
  for (const line of text.split("\n")) {
    if (run.length && isQuote(line) !== isQuote(run[0])) flush();
    run.push(line);
  }
  flush();
  return nodes;
}

/** The nodes of a mrkdwn text. */
export function mrkdwn(text, world) {
  return text.split(/```/).map((part, index, parts) => {
    if (index % 2 === 1 && index < parts.length - 1) return el("pre", {}, unescape(part.replace(/^\n|\n$/g, "")));
    const trimmed = index > 0 ? part.replace(/^\n/, "") : part;
    return trimmed ? lines(index % 2 === 1 ? "```" + trimmed : trimmed, world) : [];
  });
}

/** A text object of Block Kit: plain_text stays as it is written, save :emoji: where it is allowed. */
export function textNodes(object, world) {
  if (object.type === "mrkdwn") return mrkdwn(object.text, world);
  if (object.emoji === false) return [object.text];
  return [withEmoji(object.text)];
}
