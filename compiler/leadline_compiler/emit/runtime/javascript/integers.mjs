// Whole numbers of any size: a Number where it is safe, else a BigInt. Equal numbers are thus always the same
// value, `<` and `===` work as they are, and only sums, products and quotients go through these functions.

/** A BigInt in the form that all whole numbers here have. */
export function exact(big) {
  const number = Number(big);
  return Number.isSafeInteger(number) ? number : big;
}

export function plus(left, right) {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return exact(BigInt(left) + BigInt(right));
}

export function minus(left, right) {
  return plus(left, negative(right));
}

export function negative(value) {
  return value === 0 ? 0 : -value;
}

export function absolute(value) {
  return value < 0 ? -value : value;
}

export function times(left, right) {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  return exact(BigInt(left) * BigInt(right));
}

/** The quotient, rounded down. The divisor is above 0. */
export function floorDivide(value, divisor) {
  if (typeof value === "number" && typeof divisor === "number") {
    const rest = value % divisor;
    const down = value - (rest < 0 ? rest + divisor : rest);
    if (Number.isSafeInteger(down)) return down === 0 ? 0 : down / divisor;
  }
  const [big, by] = [BigInt(value), BigInt(divisor)];
  const quotient = big / by;
  return exact(big % by < 0n ? quotient - 1n : quotient);
}

/** What is left over after floorDivide, at least 0. */
export function modulo(value, divisor) {
  return minus(value, times(floorDivide(value, divisor), divisor));
}

/** The quotient as a whole number, halves rounded away from zero. The denominator is above 0. */
export function roundHalfAway(numerator, denominator) {
  const size = floorDivide(plus(times(2, absolute(numerator)), denominator), times(2, denominator));
  return numerator < 0 ? negative(size) : size;
}

export function sumOf(values) {
  let sum = 0;
  for (const value of values) sum = plus(sum, value);
  return sum;
}

/** -1, 0 or 1: an order of numbers. */
export function compareNumbers(left, right) {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** How many of the ascending values are not above one. */
export function countUpTo(values, limit) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
