// Raw values of the data become values of a field's type. What the type does not admit is missing, here null.

import { ofDate } from "./moments.mjs";
import { parseNumber } from "./numbers.mjs";
import { makeText, trimmed } from "./texts.mjs";

const YES = ["true", "yes", "y", "1"];

const NO = ["false", "no", "n", "0"];

export function isKnown(value) {
  return value !== null;
}

export function isYes(value) {
  return value === true;
}

export function isOneOf(value, wanted) {
  return wanted.includes(value);
}

/** A scalar as a text; null for what is no scalar. */
export function writeRaw(raw) {
  switch (typeof raw) {
    case "string":
      return trimmed(raw);
    case "number":
      return writeNumber(raw);
    case "boolean":
    case "bigint":
      return String(raw);
    default:
      return raw instanceof Date && ofDate(raw) !== null ? raw.toISOString() : null;
  }
}

/** A Number in digits; a small fraction has an exponent of two digits at least. */
export function writeNumber(raw) {
  if (Number.isInteger(raw)) return BigInt(raw).toString();
  if (raw === 0 || Math.abs(raw) >= 0.0001 || !Number.isFinite(raw)) return String(raw);
  return raw.toExponential().replace(/-([0-9])$/u, "-0$1");
}

export function readText(raw) {
  const written = writeRaw(raw);
  return written === null ? null : makeText(written);
}

/** A text that is one of the folded choices. */
export function readChoice(raw, choices) {
  const text = readText(raw);
  return text !== null && choices.has(text.folded) ? text : null;
}

/** Millionths. */
export function readNumber(raw) {
  if (typeof raw === "number" && Number.isInteger(raw) && Math.abs(raw) <= 1e9) return raw === 0 ? 0 : raw * 1e6;
  const written = typeof raw === "boolean" ? null : writeRaw(raw);
  return written === null ? null : parseNumber(written);
}

export function readYesNo(raw) {
  if (typeof raw === "boolean") return raw;
  const text = readText(raw);
  if (text === null) return null;
  return YES.includes(text.folded) ? true : NO.includes(text.folded) ? false : null;
}

/** Texts of an array, or of one text with `;` between them. */
export function readList(raw) {
  const parts = typeof raw === "string" ? raw.split(";") : Array.isArray(raw) ? raw : [raw];
  const written = parts.map((part) => (part === null || part === undefined ? "" : writeRaw(part)));
  if (written.includes(null)) return null;
  const texts = written.map(makeText).filter(isKnown);
  if (texts.length === 0) return null;
  return { folded: texts.map((text) => text.folded), written: texts.map((text) => text.written) };
}
