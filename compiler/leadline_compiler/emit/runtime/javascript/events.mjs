// The events of a contact, and which of them an occurrence means. An event has its `kind`, its moment `at` and
// the `values` of its properties, null where they are missing.

import { compareNumbers, minus, plus } from "./integers.mjs";
import { monthsBack } from "./moments.mjs";
import { trimmed } from "./texts.mjs";
import { readDate, take, writeRaw } from "./values.mjs";

const NEVER = [0, -1];

const WHOLE = /^[+-]?[0-9]+\.0+$/u;

/** An id: trimmed, whole numbers without `.0`; empty where there is none. */
export function readId(raw) {
  const text = typeof raw === "boolean" || raw instanceof Date ? null : writeRaw(raw);
  if (text === null) return "";
  return WHOLE.test(text) ? text.slice(0, text.indexOf(".")) : text;
}

/**
 * The declared events up to as-of by kind, newest first; of those with one id the first. `kinds` are the events by
 * what the data calls them, `properties` the readers of each kind.
 */
export function readEvents(rawEvents, kinds, properties, asOf, zone) {
  const events = new Map(Array.from(properties.keys(), (kind) => [kind, []]));
  const seen = new Set();
  for (const raw of Array.isArray(rawEvents) ? rawEvents : []) {
    const kind = typeof raw === "object" && raw !== null ? kinds.get(trimmed(writeRaw(raw.event) ?? "")) : undefined;
    const at = kind === undefined ? null : readDate(raw.at, zone);
    if (at === null) continue;
    const ownId = readId(raw.id);
    if (ownId !== "" && seen.has(ownId)) continue;
    seen.add(ownId);
    if (at <= asOf) events.get(kind).push({ kind, at, values: readProperties(raw, properties.get(kind)) });
  }
  for (const found of events.values()) found.sort(newerFirst);
  return events;
}

export function readProperties(raw, readers) {
  const values = Object.create(null);
  for (const [name, read] of readers) values[name] = read(take(raw, name));
  return values;
}

export function newerFirst(left, right) {
  return compareNumbers(right.at, left.at);
}

/** The events that are not to be ignored. */
export function without(events, ignored) {
  const gone = new Set(ignored.flat());
  return new Map(Array.from(events, ([kind, found]) => [kind, found.filter((event) => !gone.has(event))]));
}

/** The events of these kinds that pass, newest first. */
export function matching(events, kinds, where = null, windows = []) {
  let first = -Infinity;
  let last = Infinity;
  for (const window of windows) {
    if (window[0] > first) first = window[0];
    if (window[1] < last) last = window[1];
  }
  const passing = [];
  for (const event of kinds.length === 1 ? events.get(kinds[0]) : eventsOf(events, kinds)) {
    if (event.at < first) break;
    if (event.at <= last && (where === null || where(event.values))) passing.push(event);
  }
  return passing;
}

export function eventsOf(events, kinds) {
  return kinds.flatMap((kind) => events.get(kind)).sort(newerFirst);
}

export function inTheLast(length, asOf) {
  return [plus(minus(asOf, length), 1), Infinity];
}

export function moreThanAgo(length, asOf) {
  return [-Infinity, minus(asOf, length)];
}

export function inTheLastMonths(months, asOf, zone) {
  return [plus(monthsBack(asOf, months, zone), 1), Infinity];
}

export function moreThanMonthsAgo(months, asOf, zone) {
  return [-Infinity, monthsBack(asOf, months, zone)];
}

export function since(moment) {
  return moment === null ? NEVER : [moment, Infinity];
}

export function before(moment) {
  return moment === null ? NEVER : [-Infinity, minus(moment, 1)];
}
