// What rules give, and the result of it all. Points are whole thousandths. A rule comes as its name, score, group
// and line; a row as its points, values, ranges and whether it takes missing; a limit as how many events it keeps,
// of "all", of each "day" or of each value of the "property" that follows.

import { compareNumbers, floorDivide, minus, negative, roundHalfAway, sumOf, times } from "./integers.mjs";
import { compareLists, compareValues, keyOf } from "./measures.mjs";
import { DAY } from "./moments.mjs";
import { writePoints } from "./numbers.mjs";
import { compareTexts } from "./texts.mjs";

export function clamp(points, low, high) {
  if (low !== null && points < low) return low;
  return high !== null && points > high ? high : points;
}

export function bound(points, upTo) {
  return upTo === null ? points : clamp(points, negative(upTo), upTo);
}

export function fire(fired, rule, points, count) {
  fired.push([rule, points, count]);
  return points;
}

/** The points if the condition holds. */
export function when(fired, rule, points, holds) {
  return holds ? fire(fired, rule, points, 1) : 0;
}

/** The points for every event. */
export function forEach(fired, rule, points, events, upTo = null) {
  return events.length === 0 ? 0 : fire(fired, rule, bound(times(points, events.length), upTo), events.length);
}

/** What is left of the points for every event. */
export function forEachDecayed(fired, rule, points, events, decay, asOf, upTo) {
  if (events.length === 0) return 0;
  const earned = sumOf(events.map((event) => decay.leftAt(points, minus(asOf, event.at))));
  return fire(fired, rule, bound(earned, upTo), events.length);
}

/** The points once for every step in the amount. */
export function forEvery(fired, rule, points, step, amount, upTo = null) {
  const steps = amount === null ? 0 : floorDivide(amount, step);
  return steps > 0 ? fire(fired, rule, bound(times(steps, points), upTo), 1) : 0;
}

/** The points of the row that takes the value. */
export function byRow(fired, rule, value, rows, otherwise) {
  const row = rows.find((one) => takes(one, value));
  const points = row === undefined ? otherwise : row[0];
  return points === null ? 0 : fire(fired, rule, points, 1);
}

export function takes([, values, ranges, missing], value) {
  if (value === null) return missing;
  if (typeof value === "object") return values.includes(value.folded);
  if (typeof value === "boolean") return values.includes(value);
  return ranges.some(([low, high]) => (low === null || value >= low) && (high === null || value <= high));
}

/** All but so many of the oldest. */
export function butTheFirst(events, many) {
  return many < events.length ? events.slice(0, events.length - many) : [];
}

/** The events that break none of the limits, the newest being taken first. */
export function limited(events, limits, zone) {
  return limitedButTheFirst(events, limits, 0, zone);
}

/** The same without so many of the oldest, which use up the limits too. */
export function limitedButTheFirst(events, limits, many, zone) {
  const ordered = newestFirst(events, limits);
  const broken = brokenBy(ordered, limits, zone);
  return butTheFirst(ordered, many).filter((_, index) => !broken[index]);
}

/** The events in an order that does not depend on that of the data. */
export function newestFirst(events, limits) {
  const names = limits.map(([, , name]) => name).filter((name) => name !== null);
  return [...events].sort((left, right) => compareEvents(right, left, names));
}

export function compareEvents(left, right, names) {
  if (left.at !== right.at) return compareNumbers(left.at, right.at);
  for (const name of names) {
    const order = compareValues(left.values[name], right.values[name]);
    if (order !== 0) return order;
  }
  return compareTexts(left.kind, right.kind) || compareLists(knownPairs(left), knownPairs(right), comparePairs);
}

/** The names and values that are not missing, by name. */
export function knownPairs(event) {
  const pairs = Object.entries(event.values).filter(([, value]) => value !== null);
  return pairs.sort(([left], [right]) => compareTexts(left, right));
}

export function comparePairs([leftName, leftValue], [rightName, rightValue]) {
  return compareTexts(leftName, rightName) || compareValues(leftValue, rightValue);
}

/** For each event whether a limit has let enough newer ones through. */
export function brokenBy(events, limits, zone) {
  const broken = events.map(() => false);
  for (const [kept, per, name] of limits) {
    const seen = new Map();
    events.forEach((event, index) => {
      const key = limitKey(per, name, event, zone);
      const number = (seen.get(key) ?? 0) + 1;
      seen.set(key, number);
      if (number > kept) broken[index] = true;
    });
  }
  return broken;
}

export function limitKey(per, name, event, zone) {
  if (per === "day") return floorDivide(zone.wall(event.at), DAY);
  return name === null ? null : keyOf(event.values[name]);
}

/** What is left of a score since the newest of the events; all of it where there is none. */
export function decayedScore(points, decay, events, asOf) {
  return events.length === 0 ? points : decay.leftAt(points, minus(asOf, events[0].at));
}

export function weighted(points, weight) {
  return roundHalfAway(times(points, weight), 1000);
}

/** The letter of the first row that the points reach; the highest stands first. */
export function letterOf(points, rows, otherwise) {
  const row = rows.find(([, start]) => points >= start);
  return row === undefined ? otherwise : row[0];
}

export function lastThatHolds(stages) {
  const holding = stages.filter(([, holds]) => holds);
  return holding.length === 0 ? null : holding[holding.length - 1][0];
}

/** The result object. */
export function result(head, known, scores, total, grades, excluded, disqualified, stage, fired) {
  const [out, dead] = [excluded, disqualified].map((exits) => exits.filter(([, holds]) => holds).map(([name]) => name));
  const reasons = out.length > 0 ? out : dead;
  return {
    ...head,
    status: out.length > 0 ? "excluded" : dead.length > 0 ? "disqualified" : "scored",
    reasons,
    coverage: { known: known.filter((value) => value !== null).length, of: known.length },
    total: writePoints(total),
    scores: Object.fromEntries(Object.entries(scores).map(([name, points]) => [name, writePoints(points)])),
    grades,
    stage: reasons.length > 0 ? null : stage,
    rules: fired.map(writeRule),
  };
}

export function writeRule([[rule, score, group, line], points, times]) {
  return { rule, score, group, points: writePoints(points), times, line };
}
