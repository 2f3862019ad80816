// Dates and times as a reader sees them: in their own zone and language. `reader` is a person: {tz, locale}.

const made = new Map();

/** The browser's tag for a Slack locale: Slack says es-LA for Latin American Spanish, the standard es-419. */
export function tag(locale) {
  return locale === "es-LA" ? "es-419" : locale || "en-US";
}

function formatter(reader, options) {
  const key = JSON.stringify([reader.locale, reader.tz, options]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(tag(reader.locale), { timeZone: reader.tz, ...options }));
  return made.get(key);
}

/** Year, month, day, hour, minute, second on the reader's wall clock. */
export function wall(date, reader) {
  const options = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  };
  const parts = formatter({ tz: reader.tz, locale: "en-US" }, { ...options, hourCycle: "h23" }).formatToParts(date);
  const number = (type) => Number(parts.find((part) => part.type === type).value);
  return {
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
    second: number("second"),
  };
}

const pad = (number, length = 2) => String(number).padStart(length, "0");

/** 2019-06-12 on the reader's calendar. */
export function isoDay(date, reader) {
  const { year, month, day } = wall(date, reader);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** 2019-06-12T09:00, the value of a date-time field, on the reader's wall clock. */
export function isoMinute(date, reader) {
  const { hour, minute } = wall(date, reader);
  return `${isoDay(date, reader)}T${pad(hour)}:${pad(minute)}`;
}

/** The instant at which the reader's wall clock shows "2019-06-12T09:00". Twice, because the offset may change between. */
export function instant(text, reader) {
  const wanted = Date.parse(`${text}:00Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - Date.parse(`${isoMinute(new Date(guess), reader)}:00Z`);
  return new Date(guess);
}

/** Days between two instants on the reader's calendar: 1 is tomorrow. */
function daysApart(date, now, reader) {
  return Math.round((Date.parse(isoDay(date, reader)) - Date.parse(isoDay(now, reader))) / 86_400_000);
}

export function clockTime(date, reader, seconds = false) {
  const twelve = /^en-(US|AU|CA|IN)|^es-419/.test(tag(reader.locale));
  const hour = twelve ? { hour: "numeric", hour12: true } : { hour: "2-digit", hourCycle: "h23" };
  return formatter(reader, { ...hour, minute: "2-digit", ...(seconds && { second: "2-digit" }) }).format(date);
}

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${["th", "st", "nd", "rd"][day % 10] ?? "th"}`;
}

/** A date in words. English days get Slack's ordinals where the month is written out. */
export function day(date, reader, { weekday = false, year = true, month = "long" } = {}) {
  const options = { day: "numeric", month, ...(year && { year: "numeric" }), ...(weekday && { weekday: "long" }) };
  const parts = formatter(reader, options).formatToParts(date);
  const withOrdinal = month === "long" && tag(reader.locale).startsWith("en-US");
  return parts.map((part) => (part.type === "day" && withOrdinal ? ordinal(Number(part.value)) : part.value)).join("");
}

/** "today", "yesterday", "tomorrow" in the reader's language, else null. */
function nearby(date, now, reader) {
  const days = daysApart(date, now, reader);
  if (Math.abs(days) > 1) return null;
  return new Intl.RelativeTimeFormat(tag(reader.locale), { numeric: "auto" }).format(days, "day");
}

const capital = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** The line between the days of a conversation. */
export function dayDivider(date, now, reader) {
  const near = nearby(date, now, reader);
  const sameYear = wall(date, reader).year === wall(now, reader).year;
  return near ? capital(near) : capital(day(date, reader, { weekday: true, year: !sameYear }));
}

function ago(date, now, reader) {
  const seconds = Math.round((date - now) / 1000);
  const units = [
    ["year", 31_536_000],
    ["month", 2_592_000],
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(tag(reader.locale), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const TOKENS = {
  date_num: (date, now, reader) => isoDay(date, reader),
  date_slash: (date, now, reader) =>
    formatter(reader, { year: "numeric", month: "2-digit", day: "2-digit" }).format(date),
  date: (date, now, reader) => day(date, reader),
  date_short: (date, now, reader) => day(date, reader, { month: "short" }),
  date_long: (date, now, reader) => day(date, reader, { weekday: true }),
  date_long_full: (date, now, reader) => day(date, reader),
  date_pretty: (date, now, reader) => nearby(date, now, reader) ?? day(date, reader),
  date_short_pretty: (date, now, reader) => nearby(date, now, reader) ?? day(date, reader, { month: "short" }),
  date_long_pretty: (date, now, reader) => nearby(date, now, reader) ?? day(date, reader, { weekday: true }),
  day_divider_pretty: (date, now, reader) => dayDivider(date, now, reader),
  time: (date, now, reader) => clockTime(date, reader),
  time_secs: (date, now, reader) => clockTime(date, reader, true),
  ago,
};

/** A Slack date: "{date_long} {time}" for a Unix timestamp. "Today" has a capital only where it begins the text, as in Slack. */
export function slackDate(timestamp, format, reader, now, fallback = "") {
  const date = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  return format.replace(/\{(\w+)\}/g, (whole, token, position) => {
    if (!(token in TOKENS)) return whole;
    const text = TOKENS[token](date, now, reader);
    return position === 0 && (token.endsWith("_pretty") || token === "ago") ? capital(text) : text;
  });
}
