// Moments are microseconds since 1970-01-01T00:00 UTC, wall times likewise as if they were in UTC. Days are
// counted from 1970-01-01.

import { countUpTo, floorDivide, minus, modulo, plus, times } from "./integers.mjs";
import { nameOf } from "./keys.mjs";
import { trimmed } from "./texts.mjs";

const SECOND = 1_000_000;

export const DAY = 86_400 * SECOND;

const FIRST_DAY = -719_162;

const LAST_DAY = 2_932_896;

export const FIRST_MOMENT = times(FIRST_DAY, DAY);

export const LAST_MOMENT = minus(times(LAST_DAY + 1, DAY), 1);

// The seconds of 28 years, after which the calendar repeats itself, save over a century without a leap day.
const CYCLE = 10_227 * 86_400;

const YEAR_2100 = 4_102_444_800;

const AS_OF_FORMS =
  'a day such as "2026-11-21", a date and time such as "2026-11-21T09:00", a Date, ' +
  "or whole microseconds since 1970-01-01T00:00 UTC";

const ISO_DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/u;

const ISO_MOMENT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?(?: ?(Z|z|UTC|[+-][0-9]{2}(?::?[0-9]{2}(?::?[0-9]{2})?)?))?$/u;

/**
 * A time zone: when its offset from UTC changes, in seconds, and the offset from then on. `first` is the offset
 * before all changes. From the year `regular` on they follow one rule, so only 28 years of it are listed, which
 * have all kinds of years.
 */
export class Zone {
  constructor(first, changes, offsets, regular) {
    this.changes = changes;
    this.offsets = [first, ...offsets];
    // A wall time that occurs twice is still the earlier one; one that is skipped moves forward by the gap.
    this.walls = changes.map((change, index) => change + Math.max(this.offsets[index], this.offsets[index + 1]));
    this.likes = Array.from({ length: 28 }, (_, index) => regular + index);
    this.end = dayOf(regular + 28, 1, 1) * 86_400;
    this.read = null;
  }

  /** The seconds that the wall is ahead of UTC at a moment. */
  offset(moment) {
    return this.offsets[countUpTo(this.changes, this.withinList(floorDivide(moment, SECOND)))];
  }

  /** The moment of a wall time. */
  moment(wall) {
    const offset = this.offsets[countUpTo(this.walls, this.withinList(floorDivide(wall, SECOND)))];
    return minus(wall, offset * SECOND);
  }

  wall(moment) {
    return plus(moment, this.offset(moment) * SECOND);
  }

  /** The same time of a year that is listed: years that begin alike change their clocks alike. */
  withinList(seconds) {
    if (seconds < this.end) return seconds;
    if (seconds < YEAR_2100) return seconds - (Math.floor((seconds - this.end) / CYCLE) + 1) * CYCLE;
    const { year } = dateAt(floorDivide(seconds, 86_400));
    const start = dayOf(year, 1, 1);
    const like = this.likes.find((one) => isLeap(one) === isLeap(year) && (dayOf(one, 1, 1) - start) % 7 === 0);
    return seconds - (start - dayOf(like, 1, 1)) * 86_400;
  }
}

export function isLeap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysIn(year, month) {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The number of a day of the calendar, whose months are counted from 1. */
export function dayOf(year, month, day) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 86_400_000;
}

/** The day with a number, or the nearest of the years 1 to 9999. */
export function dateAt(days) {
  const date = new Date(Number(days < FIRST_DAY ? FIRST_DAY : days > LAST_DAY ? LAST_DAY : days) * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The same day and time so many months before, or the month's last day. */
export function monthsBack(moment, months, zone) {
  const wall = zone.wall(moment);
  const { year, month, day } = dateAt(floorDivide(wall, DAY));
  const index = minus(year * 12 + month - 1, months);
  const [earlier, earlierMonth] = [floorDivide(index, 12), modulo(index, 12) + 1];
  if (earlier < 1) return FIRST_MOMENT;
  const days = dayOf(earlier, earlierMonth, Math.min(day, daysIn(earlier, earlierMonth)));
  return zone.moment(plus(times(days, DAY), modulo(wall, DAY)));
}

/** The wall time at which the day `YYYY-MM-DD` begins. */
export function parseDay(text) {
  const match = ISO_DAY.exec(text);
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return times(dayOf(year, month, day), DAY);
}

/** The moment of an ISO 8601 date and time; in the zone where it has no offset. */
export function parseMoment(text, zone) {
  const match = ISO_MOMENT.exec(text);
  const day = match === null ? null : parseDay(match[1]);
  if (day === null) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const micro = Number((match[5] ?? "").slice(0, 6).padEnd(6, "0"));
  const wall = plus(day, (hour * 3600 + minute * 60 + second) * SECOND + micro);
  if (match[6] === undefined) return zone.moment(wall);
  const offset = parseOffset(match[6]);
  return offset === null ? null : minus(wall, offset * SECOND);
}

/** The seconds of `+09:00`. */
export function parseOffset(text) {
  if (text === "Z" || text === "z" || text === "UTC") return 0;
  const digits = text.slice(1).replaceAll(":", "").padEnd(6, "0");
  const [hours, minutes, seconds] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const length = hours * 3600 + minutes * 60 + seconds;
  return text.startsWith("-") ? -length : length;
}

/** The moment to score at. Throws a TypeError for what cannot be one, a RangeError for a value that is none. */
export function readAsOf(asOf, zone) {
  const isForm = ["string", "number", "bigint"].includes(typeof asOf) || asOf instanceof Date;
  if (!isForm) throw new TypeError(`asOf is ${nameOf(asOf)}, and must be ${AS_OF_FORMS}`);
  // Date.now() counts milliseconds: taken as microseconds it would mean a day in January 1970, in silence.
  if (typeof asOf === "number" && Math.abs(asOf) < 1e14) {
    const [unit, factor] = Math.abs(asOf) < 1e11 ? ["seconds", " * 1000"] : ["milliseconds", ""];
    throw new RangeError(`asOf is ${asOf}, which looks like ${unit}: pass new Date(${asOf}${factor})`);
  }
  const moment = momentOf(asOf, zone);
  if (moment === null || moment < minus(FIRST_MOMENT, DAY) || moment > plus(LAST_MOMENT, DAY)) {
    throw new RangeError(`asOf is ${typeof asOf === "string" ? JSON.stringify(asOf) : asOf}, and must be ${AS_OF_FORMS}`);
  }
  return moment;
}

export function momentOf(asOf, zone) {
  if (typeof asOf === "bigint") return plus(asOf, 0);
  if (typeof asOf === "number") return Number.isSafeInteger(asOf) ? plus(asOf, 0) : null;
  if (asOf instanceof Date) return ofDate(asOf);
  const text = trimmed(asOf);
  const day = parseDay(text);
  return day === null ? parseMoment(text, zone) : minus(zone.moment(plus(day, DAY)), 1);
}

/** The moment of a Date, null where it is none. */
export function ofDate(date) {
  const milliseconds = date.getTime();
  return Number.isNaN(milliseconds) ? null : times(milliseconds, 1000);
}

/** ISO 8601 with the zone's offset. */
export function writeMoment(moment, zone) {
  const first = plus(FIRST_MOMENT, DAY);
  const last = minus(LAST_MOMENT, DAY);
  const within = moment < first ? first : moment > last ? last : moment;
  const offset = zone.offset(within);
  const wall = plus(within, offset * SECOND);
  const { year, month, day } = dateAt(floorDivide(wall, DAY));
  const time = modulo(wall, DAY);
  const micro = time % SECOND;
  const fraction = micro === 0 ? "" : `.${padded(micro, 6)}`;
  const ahead = `${offset < 0 ? "-" : "+"}${clock(Math.abs(offset), false)}`;
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${clock((time - micro) / SECOND, true)}${fraction}${ahead}`;
}

/** `HH:MM`, with seconds where there are some. */
export function clock(seconds, alwaysSeconds) {
  const rest = seconds % 60;
  const written = rest !== 0 || alwaysSeconds ? `:${padded(rest, 2)}` : "";
  return `${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}${written}`;
}

export function padded(value, width) {
  return String(value).padStart(width, "0");
}
