// The left side: the workspace's name, whom one sees it as, channels, direct messages, the app. On a telephone it slides in.

import { byId, el, fill, icon } from "./dom.js";
import { seeAs } from "./people.js";
import { avatar, botChannel, channelTitle, state } from "./state.js";
import { say } from "./strings.js";

let drawn = "";

export function openSidebar(open) {
  document.body.classList.toggle("sidebar-open", open);
  byId("shade").hidden = !open;
  const button = document.querySelector("[data-testid=menu]");
  button?.setAttribute("aria-expanded", String(open));
  if (open) byId("sidebar").querySelector("button")?.focus();
  else if (button && byId("sidebar").contains(document.activeElement)) button.focus();
}

function badge(entry, current) {
  const count = Number(entry?.unread ?? 0);
  if (!count || current) return null;
  return el(
    "span",
    { class: "badge", testid: "unread" },
    count,
    el("span", { class: "unseen" }, ` ${say(state.person, "unread", { n: count })}`),
  );
}

function item({ id, testid, sign, words, target, unread, muted, current }) {
  const classes = ["nav-item", unread?.unread && !current && "unread", muted && "muted"].filter(Boolean).join(" ");
  return el(
    "li",
    {},
    el(
      "a",
      {
        class: classes,
        href: `#/${state.person.id}/${target}`,
        testid,
        data: { channel: id },
        "aria-current": current ? "page" : undefined,
        onclick: () => openSidebar(false),
      },
      sign,
      el("span", { class: "nav-words" }, words),
      badge(unread, current),
    ),
  );
}

const isHere = (entry) => state.place.tab === "messages" && state.place.channel === entry.id;

function channelItem(entry) {
  const sign = icon(entry.is_private ? "lock" : "hash");
  return item({
    id: entry.id,
    testid: `channel-${entry.id}`,
    sign,
    words: entry.name,
    target: entry.id,
    unread: entry,
    muted: !entry.member,
    current: isHere(entry),
  });
}

function directItem(entry) {
  const sign = avatar(entry === botChannel() ? state.bot.user_id : entry.user, "small");
  return item({
    id: entry.id,
    testid: `channel-${entry.id}`,
    sign,
    words: channelTitle(entry),
    target: entry.id,
    unread: entry,
    current: isHere(entry),
  });
}

function appItem() {
  return item({
    id: "",
    testid: "app",
    sign: avatar(state.bot.user_id, "small"),
    words: state.bot.name,
    target: "home",
    current: state.place.tab === "home",
  });
}

function group(title, items) {
  if (!items.length) return null;
  return el("section", { class: "nav-group" }, el("h2", {}, title), el("ul", {}, items));
}

/** Draw the sidebar, if anything that it shows has changed. */
export function showSidebar() {
  const signature = JSON.stringify([
    state.person,
    state.people,
    state.channels,
    state.place,
    state.bot,
    state.workspace,
  ]);
  if (signature === drawn) return;
  drawn = signature;
  const sidebar = byId("sidebar");
  const channels = state.channels.filter((entry) => !entry.is_im);
  const conversations = state.channels.filter((entry) => entry.is_im);
  const inside = sidebar.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  fill(
    sidebar,
    el(
      "div",
      { class: "workspace-name" },
      el("img", { src: "/static/mark.svg", alt: "", class: "avatar" }),
      el("h1", {}, state.workspace),
    ),
    seeAs(),
    el(
      "div",
      { class: "nav" },
      group(say(state.person, "apps"), [appItem()]),
      group(say(state.person, "channels"), channels.map(channelItem)),
      group(say(state.person, "direct"), conversations.map(directItem)),
    ),
  );
  if (inside) sidebar.querySelector(`[data-testid="${CSS.escape(inside)}"]`)?.focus();
}

byId("shade").addEventListener("click", () => openSidebar(false));
document.addEventListener("keydown", (event) => {
  const alone = !document.querySelector(":popover-open");
  if (event.key === "Escape" && alone && document.body.classList.contains("sidebar-open")) openSidebar(false);
});

/** The line above the messages: which channel this is, or the app with its tabs. */
export function showPlace() {
  const place = byId("place");
  const direct = botChannel();
  const entry = state.channels.find((one) => one.id === state.place.channel);
  if (state.place.tab === "home" || (entry && entry === direct)) {
    const tab = (name, key, target) =>
      el(
        "a",
        {
          class: "tab",
          href: `#/${state.person.id}/${target}`,
          testid: `app-${name}`,
          "aria-current": state.place.tab === name ? "page" : undefined,
        },
        say(state.person, key),
      );
    fill(
      place,
      avatar(state.bot.user_id, "small"),
      el("h2", {}, state.bot.name),
      el("span", { class: "app-tag" }, say(state.person, "app")),
      el(
        "nav",
        { class: "tabs", "aria-label": state.bot.name },
        tab("home", "home", "home"),
        tab("messages", "messages", direct?.id ?? "app"),
      ),
    );
    return;
  }
  if (!entry) return;
  const sign = entry.is_im ? avatar(entry.user, "small") : icon(entry.is_private ? "lock" : "hash");
  fill(
    place,
    sign,
    el("h2", { testid: "channel-title" }, entry.is_im ? channelTitle(entry) : entry.name),
    entry.topic && el("p", { class: "topic" }, entry.topic),
  );
}
