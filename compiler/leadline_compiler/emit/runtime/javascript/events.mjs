// The events of a contact, and which of them an occurrence means. An event has its `kind`, its moment `at` and
// the `values` of its properties, null where they are missing.

import { readDate } from "./dates.mjs";
import { compareNumbers, minus, plus, times } from "./integers.mjs";
import { alike, isRecord, Layouts, matchKeys, own, unwrapped } from "./keys.mjs";
import { DAY, FIRST_MOMENT, LAST_MOMENT, monthsBack } from "./moments.mjs";
import { MILLION } from "./numbers.mjs";
import { trimmed } from "./texts.mjs";
import { readNumber, writeRaw } from "./values.mjs";

const NEVER = [0, -1];

const EVENT_NAMES = ["event", "event_type", "event_name"];

const TIMES = ["at", "timestamp", "time", "date", "datetime", "occurred_at", "event_time", "event_timestamp", "event_date"];

const NO_NAMES = [...TIMES, "days_ago", "id"];

const WHOLE = /^[+-]?[0-9]+\.0+$/u;

/** An id: trimmed, whole numbers without `.0`; empty where there is none. */
export function readId(raw) {
  const text = typeof raw === "boolean" || raw instanceof Date ? null : writeRaw(raw);
  if (text === null) return "";
  return WHOLE.test(text) ? text.slice(0, text.indexOf(".")) : text;
}

/**
 * How events are read. `kinds` are the events by what the data calls them, `properties` those of each kind with their
 * readers, null for one that nothing asks for.
 */
export class EventKeys extends Layouts {
  constructor(kinds, properties) {
    super((keys) => ({
      event: this.find("event", EVENT_NAMES, keys),
      at: this.find("at", TIMES, keys),
      daysAgo: this.find("days_ago", [], keys),
      ownId: this.find("id", [], keys),
      cells: new Map(Array.from(properties, ([kind, readers]) => [kind, cellsOf(readers, keys)])),
    }));
    this.kinds = kinds;
    this.properties = properties;
    this.names = new Set(Array.from(properties.values(), (readers) => [...readers.keys()]).flat());
  }

  /** The key of what every event needs: its name, else the only other one that is there. */
  find(name, others, keys) {
    if (keys.includes(name)) return name;
    const wanted = keys.some((key) => alike(key) === name) ? [name] : others;
    const found = keys.filter((key) => wanted.includes(alike(key)) && (alike(key) === name || !this.names.has(key)));
    return found.length === 1 ? found[0] : null;
  }
}

/** For each property that is read: its name, its key or null, its reader. */
export function cellsOf(readers, keys) {
  const found = matchKeys(Array.from(readers.keys(), (name) => [name, null]), keys);
  return Array.from(readers, ([name, read]) => [name, found.get(name) ?? null, read]).filter(([, , read]) => read !== null);
}

/** The declared events up to as-of by kind, newest first; of those with one id the first. */
export function readEvents(rawEvents, keys, asOf, zone) {
  const events = new Map(Array.from(keys.properties.keys(), (kind) => [kind, []]));
  const seen = new Set();
  for (const raw of Array.isArray(rawEvents) ? rawEvents : []) {
    const found = isRecord(raw) ? readEvent(raw, keys, asOf, zone) : null;
    if (found === null || (found.ownId !== "" && seen.has(found.ownId))) continue;
    seen.add(found.ownId);
    if (found.at <= asOf) events.get(found.kind).push(found);
  }
  for (const found of events.values()) found.sort(newerFirst);
  return events;
}

/** An event; null where it is not declared or has no moment. */
export function readEvent(raw, keys, asOf, zone) {
  const flat = unwrapped(typeof own(raw, "event") === "string" ? raw : unfolded(raw, keys.kinds));
  const layout = keys.of(flat);
  const name = layout.event === null ? null : writeRaw(flat[layout.event]);
  const kind = name === null ? undefined : keys.kinds.get(trimmed(name));
  const at = kind === undefined ? null : readAt(flat, layout, asOf, zone);
  if (at === null) return null;
  const values = Object.create(null);
  for (const [property, key, read] of layout.cells.get(kind)) values[property] = key === null ? null : read(flat[key]);
  return { kind, at, values, ownId: layout.ownId === null ? "" : readId(flat[layout.ownId]) };
}

/** The moment of an event: as it says, or so many days before as-of; none where it says both. */
export function readAt(flat, layout, asOf, zone) {
  const at = layout.at === null ? null : flat[layout.at];
  const ago = layout.daysAgo === null ? null : flat[layout.daysAgo];
  if (isNothing(ago)) return readDate(at, zone);
  const days = isNothing(at) ? readNumber(ago) : null;
  const moment = days === null ? null : minus(asOf, times(days, DAY / MILLION));
  return moment !== null && FIRST_MOMENT <= moment && moment <= LAST_MOMENT ? moment : null;
}

/** An event with its name under `event`, also where it came as `{ page_view: { path: … }, at: … }`. */
export function unfolded(record, kinds) {
  const keys = Object.keys(record);
  const holding = keys.filter((key) => isNothing(record[key]) || isRecord(record[key]));
  if (keys.some((key) => EVENT_NAMES.includes(alike(key)) && !holding.includes(key))) return record;
  const known = holding.filter((key) => kinds.has(trimmed(key)));
  const names = known.length > 0 ? known : holding.filter((key) => !NO_NAMES.includes(alike(key)));
  if (names.length !== 1) return record;
  const { [names[0]]: inner, ...outer } = record;
  return { ...(isNothing(inner) ? {} : inner), event: names[0], ...outer };
}

export function isNothing(value) {
  return value === null || value === undefined || value === "";
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
