// Fields of which Slack's client makes more than it was given: files, which are uploaded as soon as they are chosen,
// and lines in which @name becomes a mention (the server makes the rich text of it).

import { api } from "./api.js";
import { el, fill } from "./dom.js";
import { sentence } from "./host.js";
import { say } from "./strings.js";

const MOST_FILES = 10;

/** A field for files. What is chosen stands below it, each with a button to take it back. */
export function fileField(element, at) {
  const { host, blockId } = at;
  const { person } = host.world;
  const chosen = host.values.start(blockId, element, { files: [] }, true).files;
  const list = el("ul", { class: "chosen-files", testid: "chosen-files" });
  const trouble = el("p", { class: "hint", role: "alert" });
  const pick = el("input", {
    type: "file",
    id: at.id,
    class: "input",
    multiple: (element.max_files ?? MOST_FILES) > 1,
    accept: element.filetypes?.map((type) => `.${type}`).join(","),
  });

  const draw = (files) => {
    host.values.set(blockId, element, { files });
    fill(list, files.map((file) => row(file, files)));
  };
  const row = (file, files) => {
    const remove = () => draw(files.filter((one) => one.id !== file.id));
    const label = `${say(person, "remove")} ${file.name}`;
    return el("li", {}, file.name, el("button", { type: "button", class: "plain", "aria-label": label, onclick: remove }, "×"));
  };
  const current = () => host.values.start(blockId, element, { files: [] }, true).files;
  pick.addEventListener("change", async () => {
    fill(trouble);
    const room = (element.max_files ?? MOST_FILES) - (pick.multiple ? current().length : 0);
    for (const file of [...pick.files].slice(0, room)) {
      const answer = await api.upload(person.id, file);
      if (answer.ok === false) fill(trouble, sentence(answer.error));
      else draw(pick.multiple ? [...current(), answer.file] : [answer.file]);
    }
    pick.value = "";
  });
  draw(chosen);
  return el("div", { class: "files" }, pick, list, trouble);
}

/** Lines of text in which @name is a mention. */
export function richField(element, at) {
  const value = at.host.values.start(at.blockId, element, { rich_text_value: null }, true).rich_text_value;
  const node = el("textarea", {
    id: at.id,
    class: "input",
    rows: 4,
    placeholder: element.placeholder?.text,
    value: value ?? "",
  });
  node.addEventListener("input", () => {
    at.host.values.set(at.blockId, element, { rich_text_value: node.value || null });
  });
  return node;
}
