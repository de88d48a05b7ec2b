// What can be told of some events: how many, how much, how long ago.

import { compareNumbers, floorDivide, minus, roundHalfAway, sumOf, times } from "./integers.mjs";
import { DAY } from "./moments.mjs";
import { bounded, MILLION } from "./numbers.mjs";
import { compareTexts } from "./texts.mjs";

/** The values of a property that are not missing. */
export function knownValues(events, name) {
  return events.map((event) => event.values[name]).filter((value) => value !== null);
}

export function hasSome(events) {
  return events.length > 0;
}

export function count(events) {
  return times(events.length, MILLION);
}

export function sumOfKnown(events, name) {
  return bounded(sumOf(knownValues(events, name)));
}

export function average(events, name) {
  const values = knownValues(events, name);
  return values.length === 0 ? null : bounded(roundHalfAway(sumOf(values), values.length));
}

export function lowest(events, name) {
  return knownValues(events, name).reduce((low, value) => (low === null || value < low ? value : low), null);
}

export function highest(events, name) {
  return knownValues(events, name).reduce((high, value) => (high === null || value > high ? value : high), null);
}

/** Of the newest instant, the largest value. */
export function latest(events, name) {
  let largest = null;
  for (const event of events) {
    if (event.at !== events[0].at) break;
    if (compareValues(event.values[name], largest) > 0) largest = event.values[name];
  }
  return largest;
}

/** Of the oldest instant, the largest value. */
export function earliest(events, name) {
  return latest([...events].reverse(), name);
}

export function different(events, name) {
  return times(new Set(knownValues(events, name).map(keyOf)).size, MILLION);
}

/** An order of values of one type, missing first; texts as they compare, then as they were written. */
export function compareValues(left, right) {
  if (left === null || right === null) return compareNumbers(left !== null, right !== null);
  if (typeof left !== "object") return compareNumbers(left, right);
  return compareFolded(left.folded, right.folded) || compareFolded(left.written, right.written);
}

export function compareFolded(left, right) {
  if (typeof left === "string") return compareTexts(left, right);
  return compareLists(left, right, compareTexts);
}

/** The first difference decides, else the length. */
export function compareLists(left, right, compare) {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const order = compare(left[index], right[index]);
    if (order !== 0) return order;
  }
  return compareNumbers(left.length, right.length);
}

/** What makes values the same. */
export function keyOf(value) {
  if (value === null || typeof value !== "object") return value;
  return typeof value.folded === "string" ? value.folded : JSON.stringify(value.folded);
}

export function daysSince(moment, asOf) {
  return moment === null ? null : times(floorDivide(minus(asOf, moment), DAY), MILLION);
}

export function daysUntil(moment, asOf) {
  return moment === null ? null : times(floorDivide(minus(moment, asOf), DAY), MILLION);
}

export function daysSinceLast(events, asOf) {
  return events.length === 0 ? null : daysSince(events[0].at, asOf);
}

export function daysSinceFirst(events, asOf) {
  return events.length === 0 ? null : daysSince(events[events.length - 1].at, asOf);
}
