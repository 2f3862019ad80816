// What the page asks of the workspace's server. A failed call throws Unreachable, which the page shows as a banner.

export class Unreachable extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch (cause) {
    throw new Unreachable(path, { cause });
  }
  const body = await response.json().catch(() => null);
  if (body === null) throw new Unreachable(`${path}: ${response.status}`);
  return response.ok ? body : { ok: false, error: body.error ?? `http_${response.status}` };
}

const get = (path, query = {}) => call(`/page/${path}?${new URLSearchParams(query)}`);

const post = (path, body) =>
  call(`/page/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

export const api = {
  state: (as) => get("state", { as }),
  messages: (as, channel) => get("messages", { as, channel }),
  home: (as) => get("home", { as }),
  modals: (as) => get("modals", { as }),
  send: (as, channel, text) => post("send", { as, channel, text }),
  action: (as, container, blockId, action, values) =>
    post("action", { as, container, block_id: blockId, action_id: action.action_id, action, state: { values } }),
  shortcut: (as, callbackId, message) => post("shortcut", { as, callback_id: callbackId, ...message }),
  submit: (as, viewId, values) => post("submit", { as, view_id: viewId, values }),
  upload: (as, file) =>
    call(`/page/upload?${new URLSearchParams({ as, name: file.name })}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: file,
    }),
  closeModal: (as, viewId) => post("close-modal", { as, view_id: viewId }),
  openHome: (as) => post("open-home", { as }),
  react: (as, channel, ts, name) => post("react", { as, channel, ts, name }),
  join: (as, channel) => post("join", { as, channel }),
  newMember: (member) => post("new-member", member),
  clock: (to) => post("clock", { to }),
  fault: (fault) => post("faults", fault),
};

/** Listen to the workspace's changes. Returns a function that stops it. `onchange` gets a list such as ["messages:C1"]. */
export function listen(as, { onchange, onopen, onlost }) {
  const source = new EventSource(`/page/events?${new URLSearchParams({ as })}`);
  source.onopen = onopen;
  source.onerror = onlost;
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (news.type === "changed") onchange(news.what);
  };
  return () => source.close();
}
