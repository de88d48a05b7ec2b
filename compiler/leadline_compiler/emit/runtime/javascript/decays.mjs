// What a decay leaves of points, in whole thousandths, halves rounded away from zero.

import { exact, floorDivide, minus, negative, roundHalfAway, times } from "./integers.mjs";

const WHOLE_PERCENT = 100_000_000;

const EXACT_STEPS = 4096;

const FRACTION_BITS = 512n;

const MOST_LEFT = 65536;

/** `step` in microseconds, `percent` in millionths of a percent; fading takes `days` steps of a day. */
export class Decay {
  constructor(kind, step, percent, days) {
    this.kind = kind;
    this.step = step;
    this.percent = percent;
    this.days = days;
    this.left = new Map();
  }

  /** The points that are left at an age in microseconds. */
  leftAt(points, age) {
    const steps = floorDivide(age, this.step);
    const key = `${points} ${steps}`;
    let left = this.left.get(key);
    if (left === undefined) {
      if (this.left.size >= MOST_LEFT) this.left.clear();
      left = leftAfter(points, this, steps);
      this.left.set(key, left);
    }
    return left;
  }
}

/** The points that are left after so many full steps. */
export function leftAfter(points, decay, steps) {
  if (decay.kind === "halving") return powerOf(points, 1, 2, steps);
  if (decay.kind === "losing of rest") {
    return powerOf(points, minus(WHOLE_PERCENT, decay.percent), WHOLE_PERCENT, steps);
  }
  const [whole, lost] = decay.kind === "fading" ? [decay.days, 1] : [WHOLE_PERCENT, decay.percent];
  const rest = minus(whole, times(steps, lost));
  return rest <= 0 ? 0 : roundHalfAway(times(points, rest), whole);
}

export function powerOf(points, numerator, denominator, steps) {
  if (steps === 0 || points === 0) return points;
  if (numerator === 0) return 0;
  if (steps <= EXACT_STEPS) {
    const power = BigInt(steps);
    const kept = BigInt(points) * BigInt(numerator) ** power;
    return roundHalfAway(exact(kept), exact(BigInt(denominator) ** power));
  }
  // No tie is possible so far out, where an exact value would have thousands of digits: some hundred bits decide.
  const size = BigInt(points < 0 ? negative(points) : points) * fixedPower(numerator, denominator, BigInt(steps));
  const rounded = exact((size + (1n << (FRACTION_BITS - 1n))) >> FRACTION_BITS);
  return points < 0 ? negative(rounded) : rounded;
}

/** A power of a ratio below 1, in parts of 2^512. */
export function fixedPower(numerator, denominator, steps) {
  let factor = (BigInt(numerator) << FRACTION_BITS) / BigInt(denominator);
  let power = 1n << FRACTION_BITS;
  for (let left = steps; left > 0n; left >>= 1n) {
    if (left & 1n) power = (power * factor) >> FRACTION_BITS;
    factor = (factor * factor) >> FRACTION_BITS;
  }
  return power;
}
