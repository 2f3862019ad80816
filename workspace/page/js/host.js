// What the blocks of one message or view stand in: its values, its reader, and where its actions go.

import { api } from "./api.js";
import { emit } from "./bus.js";
import { withIds } from "./blocks.js";
import { say } from "./strings.js";
import { state, world } from "./state.js";
import { valuesOf } from "./values.js";

/** `container` is Slack's: {type: "message", channel, ts} or {type: "view", view_id}. `onerror` gets a sentence to show. */
export function makeHost(key, container, blocks, onerror) {
  const values = valuesOf(`${state.person.id} ${key}`);
  const shown = withIds(blocks);
  return {
    values,
    world: world(),
    prefix: key.replace(/[^\w-]/g, "_"),
    async act(blockId, payload, node) {
      const as = state.person.id;
      emit("asked");
      node.setAttribute("aria-busy", "true");
      node.classList.add("busy");
      try {
        const answer = await api.action(as, container, blockId, payload, values.of(shown));
        if (answer.ok === false) onerror(sentence(answer.error), answer.details);
      } finally {
        node.removeAttribute("aria-busy");
        node.classList.remove("busy");
        emit("acted");
      }
    },
  };
}

/** Slack's error as a sentence: a code is put into words, a sentence stays. */
export function sentence(error) {
  if (error && /\s/.test(error)) return error;
  return error && error !== "operation_timeout" ? say(state.person, "failed", { error }) : say(state.person, "timeout");
}
