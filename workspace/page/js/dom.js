// Making elements. Text always goes in as text nodes: nothing that a person or the bot wrote is ever read as HTML.

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "open", "popover"]);

/** An element. `attributes` may hold listeners ("onclick"), `data` (dataset), `testid`, and plain attributes. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "testid") node.dataset.testid = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** Add children: nodes, texts, lists of them; null, undefined and false are left out. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Show these children only. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const ICONS = {
  hash: "M6 3 4.7 13M11 3 9.7 13M2.5 6h11M2 10h11",
  lock: "M4 7h8v6H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  clock: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 4.6V8l2.4 1.6",
  menu: "M2 4h12M2 8h12M2 12h12",
  close: "m4 4 8 8m0-8-8 8",
  send: "M2.5 8 13.5 3l-3 10.5L7.8 9.4zM7.8 9.4l5.7-6.4",
  eye: "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6",
  down: "m4 6 4 4 4-4",
  arrow: "M8 3v10m-4-4 4 4 4-4",
  bolt: "M9 1.5 3.5 9H7l-.5 5.5L12.5 7H9z",
  file: "M4 1.8h5l3 3v9.4H4zM9 1.8v3h3",
  bell: "M3.5 11.5h9L11.3 9.6V6.8a3.3 3.3 0 0 0-6.6 0v2.8zM6.8 13.6h2.4",
  plus: "M8 3v10M3 8h10",
  smile: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M5.4 9.6a3 3 0 0 0 5.2 0M6 6.4h.1M10 6.4h.1",
  dots: "M3.2 8h.1M8 8h.1M12.8 8h.1",
  warning: "M8 2.2 14.3 13.4H1.7zM8 6.4v3.4m0 1.8v.1",
};

/** A small line drawing; decoration only, so screen readers pass over it. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 16 16",
    class: `icon icon-${name}`,
    "aria-hidden": "true",
  }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
