// Exact numbers: amounts in whole millionths, points in whole thousandths.

import { absolute, exact, floorDivide, minus, modulo, negative, plus, roundHalfAway, times } from "./integers.mjs";
import { normalised } from "./texts.mjs";

export const MILLION = 1_000_000;

const LARGEST = 10n ** 18n;

// Up to 15 digits, the Number that is nearest to a decimal is written with the same digits.
const SHORT = 1_000_000_000_000_000;

const NUMBER = /^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?$/u;

/** The amount itself; beyond a million millions it is missing. */
export function bounded(millionths) {
  // A Number is safe here, and so well within.
  return typeof millionths === "number" || (millionths >= -LARGEST && millionths <= LARGEST) ? millionths : null;
}

/** Millionths of `[+-]digits[.digits][e±n]`, null where the text is something else or beyond every bound. */
export function parseNumber(text) {
  const match = NUMBER.exec(normalised(text));
  if (match === null) return null;
  const [, sign, whole, decimals = "", exponentSign = "", exponentDigits = ""] = match;
  const digits = (whole + decimals).replace(/^0+/u, "");
  if (digits === "") return 0;
  const exponent = exponentDigits.replace(/^0+/u, "");
  if (exponent.length > 6) return exponentSign === "-" ? 0 : null;
  const power = Number(`${exponentSign}${exponent === "" ? "0" : exponent}`) - decimals.length + 6;
  // So many digits stand before the point of the millionths: more than 19 are too many, fewer than none are 0.
  const before = digits.length + power;
  if (before > 19) return null;
  if (before < 0) return 0;
  const kept = BigInt(digits.slice(0, before)) * 10n ** BigInt(Math.max(power, 0));
  const size = exact(digits.charAt(before) >= "5" ? kept + 1n : kept);
  return bounded(sign === "-" ? negative(size) : size);
}

export function add(left, right) {
  return left === null || right === null ? null : bounded(plus(left, right));
}

export function subtract(left, right) {
  return left === null || right === null ? null : bounded(minus(left, right));
}

export function multiply(left, right) {
  return left === null || right === null ? null : bounded(roundHalfAway(times(left, right), MILLION));
}

/** The quotient; by zero it is missing. */
export function divide(left, right) {
  if (left === null || right === null || right === 0) return null;
  const numerator = times(right < 0 ? negative(left) : left, MILLION);
  return bounded(roundHalfAway(numerator, absolute(right)));
}

/** Points as an amount that can be compared. */
export function fromPoints(points) {
  return bounded(times(points, 1000));
}

export function above(left, right) {
  return left !== null && right !== null && left > right;
}

export function atLeast(left, right) {
  return left !== null && right !== null && left >= right;
}

export function isWithin(value, first, last) {
  return value !== null && value >= first && value <= last;
}

/** Points as a number without needless decimals; a text where no Number has all the digits. */
export function writePoints(thousandths) {
  if (absolute(thousandths) < SHORT) return thousandths / 1000;
  const size = absolute(thousandths);
  const rest = modulo(size, 1000);
  const fraction = rest === 0 ? "" : `.${String(rest).padStart(3, "0")}`.replace(/0+$/u, "");
  const written = `${thousandths < 0 ? "-" : ""}${floorDivide(size, 1000)}${fraction}`;
  const number = Number(written);
  return String(number) === written ? number : written;
}
