// What may follow in the message field: the commands, and after a command the words that its usage hint names.

/** The words of a usage hint such as "[events | event NAME | help]". */
export function hintWords(hint) {
  return (hint ?? "")
    .replace(/[[\]<>]/g, "")
    .split("|")
    .map((word) => word.trim().split(/\s/)[0])
    .filter(Boolean);
}

/**
 * Suggestions for a text. `exact` says that what is typed is already complete, so that Enter sends it.
 * `eager` says that Enter should take the first one: only for a command that is not complete yet.
 */
export function suggestions(text, commands) {
  if (!text.startsWith("/") || text.includes("\n")) return { entries: [], eager: false };
  const [command, ...rest] = text.split(" ");
  if (!rest.length) {
    const entries = commands
      .filter((entry) => entry.command.startsWith(command))
      .map((entry) => ({
        text: `${entry.command} `,
        title: entry.command,
        detail: entry.description,
        hint: entry.usage_hint,
      }));
    return { entries, eager: entries.length > 0 && !commands.some((entry) => entry.command === command) };
  }
  const known = commands.find((entry) => entry.command === command);
  if (!known || rest.length > 1) return { entries: [], eager: false };
  const words = hintWords(known.usage_hint).filter(
    (word) => word.startsWith(rest[0].toLowerCase()) && word !== rest[0],
  );
  return {
    entries: words.map((word) => ({ text: `${command} ${word} `, before: command, title: word, detail: "", hint: "" })),
    eager: false,
  };
}
