// Dates as tools write them beside ISO 8601: `21/11/2026 9:05 pm`, `2026/11/21`, `20261121`, numbers since 1970.

import { exact, negative } from "./integers.mjs";
import { FIRST_MOMENT, LAST_MOMENT, ofDate, parseDay, parseMoment } from "./moments.mjs";
import { normalised, remembering } from "./texts.mjs";

const YEAR_LAST =
  /^([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})((?:, ?|[ T])([0-9]{1,2}):([0-9]{2})(:[0-9]{2}(?:[.,][0-9]{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?$/u;

const YEAR_FIRST =
  /^([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})((?:, ?|[ T])([0-9]{1,2}):([0-9]{2})(:[0-9]{2}(?:[.,][0-9]{1,9})?)?(?: ?([AaPp])\.?[Mm]\.?)?(?: ?(Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?$/u;

const COMPACT =
  /^((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})([Tt]([0-9]{2})([0-9]{2})([0-9]{2}(?:[.,][0-9]{1,9})?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?$/u;

const EPOCH = /^-?[0-9]{1,18}(?:\.[0-9]{1,9})?$/u;

const DECIMAL = /^(-?)([0-9]{1,19})(?:\.([0-9]+))?$/u;

// From which size on a number counts microseconds, milliseconds or seconds, the decimals that each has as
// microseconds, and the coarser units that a number of today may be mistaken for.
const EPOCH_UNITS = [
  [10n ** 14n, 0, [1n, 1000n]],
  [10n ** 11n, 3, [1n]],
  [10n ** 8n, 6, []],
];

const SECONDS_OF_TODAY = [10n ** 9n, 42n * 10n ** 8n];

/** A moment; a bare day is its midnight in the zone. */
export function readDate(raw, zone) {
  if (typeof raw === "string") {
    zone.read ??= remembering((text) => parseDate(text, zone));
    return zone.read(raw);
  }
  if (raw instanceof Date) return ofDate(raw);
  if (typeof raw !== "bigint" && typeof raw !== "number") return null;
  const text = String(raw);
  return parseYearFirst(text, zone) ?? fromEpoch(text);
}

/** The moment of a text, null where it is none. */
export function parseDate(raw, zone) {
  const text = normalised(raw);
  const day = parseDay(text);
  if (day !== null) return zone.moment(day);
  return parseMoment(text, zone) ?? parseYearLast(text, zone) ?? parseYearFirst(text, zone) ?? parseEpoch(text);
}

/** The moment of a date such as `21/11/2026 9:05 pm`; none where the order of day and month is open. */
export function parseYearLast(text, zone) {
  const match = YEAR_LAST.exec(text);
  if (match === null) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const year = match[4];
  if (match[2] === "." || first === second || (first > 12 && second <= 12)) {
    return parseParts(year, match[3], match[1], match.slice(5), zone);
  }
  return second > 12 && first <= 12 ? parseParts(year, match[1], match[3], match.slice(5), zone) : null;
}

/** The moment of `2026/1/5 9:05` or `20260105`. */
export function parseYearFirst(text, zone) {
  const match = YEAR_FIRST.exec(text);
  if (match !== null) return parseParts(match[1], match[3], match[4], match.slice(5), zone);
  const compact = COMPACT.exec(text);
  if (compact === null) return null;
  const written = compact.slice(1, 4).join("-");
  const [time, hour, minute, second, offset = ""] = compact.slice(4);
  if (time !== undefined) {
    return parseMoment(`${written}T${hour}:${minute}${second === undefined ? "" : `:${second}`}${offset}`, zone);
  }
  const midnight = parseDay(written);
  return midnight === null ? null : zone.moment(midnight);
}

export function parseParts(year, month, day, [time, writtenHour, minute, rest = "", half, offset = ""], zone) {
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (time === undefined) {
    const midnight = parseDay(written);
    return midnight === null ? null : zone.moment(midnight);
  }
  let hour = Number(writtenHour);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === "p" || half === "P" ? 12 : 0);
  }
  return parseMoment(`${written}T${String(hour).padStart(2, "0")}:${minute}${rest}${offset}`, zone);
}

export function parseEpoch(text) {
  return EPOCH.test(text) ? fromEpoch(text) : null;
}

/** The moment of a number since 1970, whose size tells the unit; none where it looks like a coarser one of today. */
export function fromEpoch(text) {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole, decimals = ""] = match;
  const size = BigInt(whole);
  const unit = EPOCH_UNITS.find(([smallest]) => size >= smallest);
  if (unit === undefined) return null;
  const [, places, coarser] = unit;
  const [first, last] = SECONDS_OF_TODAY;
  if (sign === "" && coarser.some((scale) => size / scale >= first && size / scale < last)) return null;
  const length = exact(BigInt(whole + decimals.slice(0, places).padEnd(places, "0")));
  const moment = sign === "-" ? negative(length) : length;
  return moment >= FIRST_MOMENT && moment <= LAST_MOMENT ? moment : null;
}
