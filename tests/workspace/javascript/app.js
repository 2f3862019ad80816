// A small app on Slack's own JavaScript framework. Started with the API's address; says READY, then one line per event.
const { App, SocketModeReceiver } = require("@slack/bolt");

const clientOptions = { slackApiUrl: process.argv[2] };
const receiver = new SocketModeReceiver({ appToken: "xapp-local", clientOptions, installerOptions: { clientOptions } });
const app = new App({ token: "xoxb-local", receiver, clientOptions });

const plain = (text) => ({ type: "plain_text", text });
const form = {
  type: "modal", callback_id: "form", title: plain("Form"), submit: plain("Save"),
  blocks: [{ type: "input", block_id: "name", label: plain("Name"), element: { type: "plain_text_input", action_id: "typed" } }],
};
const button = { type: "button", action_id: "more", text: plain("More"), value: "2" };

app.command("/alliance", async ({ ack, command, client }) => {
  if (command.text !== "form") return ack({ text: `Asked for ${command.text}`, blocks: [{ type: "actions", elements: [button] }] });
  await ack();
  return client.views.open({ trigger_id: command.trigger_id, view: form });
});
app.action("more", async ({ ack, respond, action }) => {
  await ack();
  await respond({ text: `Page ${action.value}`, replace_original: true });
});
app.view("form", async ({ ack, view }) => {
  const { value } = view.state.values.name.typed;
  await (value.length < 2 ? ack({ response_action: "errors", errors: { name: "Too short." } }) : ack());
});
app.event("app_home_opened", ({ event, client }) =>
  client.views.publish({ user_id: event.user, view: { type: "home", blocks: [{ type: "header", text: plain("Home") }] } }));

/** Posts, edits and reads a message, sends a file, and returns what was refused. */
async function callMethods({ chat, conversations, files }) {
  const channel = "C0COMMUNITY";
  const metadata = { event_type: "delivery", event_payload: { id: 1 } };
  const { ts } = await chat.postMessage({ channel, text: "Old", blocks: [{ type: "divider" }], metadata });
  await chat.update({ channel, ts, text: "New", blocks: [] });
  const { messages } = await conversations.history({ channel, include_all_metadata: true });
  const direct = await conversations.open({ users: "U0LAN" });
  await files.uploadV2({ channel_id: direct.channel.id, filename: "event.ics", content: "BEGIN", title: "Event" });
  const refused = await chat.postMessage({ channel, text: "x", blocks: [{ type: "headline" }] }).catch((error) => error.data.error);
  return { text: messages[0].text, metadata: messages[0].metadata, refused };
}

app.start()
  .then(() => callMethods(app.client))
  .then((result) => console.log(`READY ${JSON.stringify(result)}`));
