// Short names of the emoji that people and the bot use most; an unknown name stays as it was written.

const EMOJI = {
  "+1": "👍", "-1": "👎", wave: "👋", tada: "🎉", eyes: "👀", pray: "🙏", clap: "👏", raised_hands: "🙌", muscle: "💪",
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", question: "❓", exclamation: "❗", information_source: "ℹ️",
  no_entry: "⛔", no_entry_sign: "🚫", bell: "🔔", no_bell: "🔕", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", clock9: "🕘",
  alarm_clock: "⏰", hourglass: "⌛", hourglass_flowing_sand: "⏳", round_pushpin: "📍", pushpin: "📌", link: "🔗", memo: "📝",
  newspaper: "📰", mega: "📣", loudspeaker: "📢", speech_balloon: "💬", bulb: "💡", gear: "⚙️", mag: "🔍", lock: "🔒", key: "🔑",
  earth_africa: "🌍", earth_americas: "🌎", earth_asia: "🌏", globe_with_meridians: "🌐", handshake: "🤝", star: "⭐", sparkles: "✨",
  rocket: "🚀", books: "📚", book: "📖", page_facing_up: "📄", paperclip: "📎", email: "📧", envelope: "✉️", phone: "☎️", computer: "💻",
  bar_chart: "📊", chart_with_upwards_trend: "📈", trophy: "🏆", seedling: "🌱", child: "🧒", women: "👩", family: "👪", busts_in_silhouette: "👥",
  smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", heart: "❤️", blue_heart: "💙", arrow_right: "➡️", arrow_left: "⬅️",
  small_blue_diamond: "🔹", large_blue_circle: "🔵", red_circle: "🔴", large_green_circle: "🟢", white_circle: "⚪", point_right: "👉",
};

export function emoji(name) {
  return EMOJI[name.replace(/::skin-tone-\d$/, "")] ?? `:${name}:`;
}

/** A text with its :short_names: replaced. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name));
}
