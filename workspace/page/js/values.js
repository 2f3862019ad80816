// What is filled in, by block and action, in the form Slack calls state.values. One Values belongs to one view or message.

export class Values {
  constructor() {
    this.blocks = {};
    this.made = {};
  }

  /** The current value of an element. It starts with `initial`; outside inputs it starts again when the element changes. */
  start(blockId, element, initial, keep) {
    const made = JSON.stringify(element);
    const key = `${blockId} ${element.action_id}`;
    const known = this.blocks[blockId]?.[element.action_id];
    if (known && known.type === element.type && (keep || this.made[key] === made)) return known;
    this.made[key] = made;
    return this.set(blockId, element, initial);
  }

  set(blockId, element, value) {
    const entry = { type: element.type, ...value };
    this.blocks[blockId] = { ...this.blocks[blockId], [element.action_id]: entry };
    return entry;
  }

  /** state.values, with only what the blocks still show. */
  of(blocks) {
    const values = {};
    for (const block of blocks)
      for (const element of [block.element, block.accessory, ...(block.elements ?? [])]) {
        const entry = this.blocks[block.block_id]?.[element?.action_id];
        if (entry) values[block.block_id] = { ...values[block.block_id], [element.action_id]: entry };
      }
    return values;
  }
}

const kept = new Map();

/** The values of a view or message by its key, kept while the page is open. */
export function valuesOf(key) {
  if (!kept.has(key)) kept.set(key, new Values());
  return kept.get(key);
}

export function forget(key) {
  kept.delete(key);
}
