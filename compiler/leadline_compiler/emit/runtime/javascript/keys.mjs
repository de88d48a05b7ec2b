// Which keys of the data mean what: those to the letter, else those that are alike.

import { normalised, remembering } from "./texts.mjs";

const PREFIX = /^(?:property_|properties\.|traits\.)/i;

const BETWEEN = /[^\p{L}\p{N}]+/gu;

const WRAPPERS = ["properties", "traits"];

const MOST_LAYOUTS = 500;

/** The form in which keys are alike: `Record ID`, `recordId` and `property_record_id` are `record_id`. */
export const alike = remembering((key) =>
  normalised(key)
    .replace(/^\ufeff+/u, "")
    .replace(PREFIX, "")
    .replace(/([a-z0-9])([A-Z])/gu, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/gu, "$1_$2")
    .replace(BETWEEN, "_")
    .replace(/^_+|_+$/gu, "")
    .toLowerCase(),
);

/** What a function makes of the keys of objects; for objects with the same keys in the same order it is asked once. */
export class Layouts {
  constructor(make) {
    this.make = make;
    this.clear();
  }

  clear() {
    this.root = { below: new Map(), layout: null };
    this.many = 0;
  }

  of(record) {
    const keys = Object.keys(record);
    let node = this.root;
    for (const key of keys) {
      let next = node.below.get(key);
      if (next === undefined) {
        next = { below: new Map(), layout: null };
        node.below.set(key, next);
      }
      node = next;
    }
    if (node.layout === null) {
      if (this.many >= MOST_LAYOUTS) this.clear();
      this.many += 1;
      node.layout = this.make(keys);
    }
    return node.layout;
  }
}

/**
 * The key of each wanted name, those left out for which several would do alike. What is wanted comes as names with
 * their headings. The heading that the model gives is the last word, else the name; only keys that nobody claims so
 * are compared by what they are alike to, and a heading that is absent falls back on the name.
 */
export function matchKeys(wanted, keys) {
  const exact = new Set(keys);
  const found = new Map();
  for (const [name, heading] of wanted) {
    if (exact.has(heading ?? name)) found.set(name, heading ?? name);
  }
  if (found.size === wanted.length) return found;
  const claimed = new Set(found.values());
  const free = new Set(keys.filter((key) => !claimed.has(key)));
  const loose = new Map();
  for (const key of free) {
    const like = alike(key);
    if (like !== "") loose.set(like, [...(loose.get(like) ?? []), key]);
  }
  for (const [name, heading] of wanted) {
    if (found.has(name)) continue;
    const ownKeys = heading === null ? undefined : loose.get(alike(heading));
    const among = ownKeys ?? (free.has(name) ? [name] : loose.get(alike(name)));
    if (among?.length === 1) found.set(name, among[0]);
  }
  return found;
}

/** Whether a value has names and values, as an object of JSON has. */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isOtherObject(value);
}

export function isOtherObject(value) {
  return value instanceof Date || value instanceof Map || value instanceof Set;
}

/** The object without the wrappers that HubSpot and Segment put around values. */
export function unwrapped(record) {
  let flat = record;
  for (const wrapper of WRAPPERS) {
    const inner = own(flat, wrapper);
    if (isRecord(inner)) {
      const { [wrapper]: _, ...outer } = flat;
      flat = { ...inner, ...outer };
    }
  }
  return flat;
}

/** The value under a key, null where there is none. */
export function own(record, key) {
  return Object.hasOwn(record, key) ? record[key] : null;
}

/** Where contacts have their fields and events. */
export class ContactKeys extends Layouts {
  constructor(wanted) {
    super((keys) => {
      const fields = matchKeys(wanted, keys);
      const isFree = keys.includes("events") && ![...fields.values()].includes("events");
      return { fields, events: isFree ? "events" : null };
    });
  }
}

/** A contact's values, to be taken by the names of fields, and events. Throws a TypeError for what is no object. */
export function readContact(contact, keys) {
  if (!isRecord(contact)) {
    throw new TypeError(`contact is ${nameOf(contact)}, and must be an object with the fields of one contact`);
  }
  const values = unwrapped(contact);
  const { fields, events } = keys.of(values);
  return { values, fields, events: events === null ? null : values[events] };
}

/** The raw value of a field. */
export function take({ values, fields }, name) {
  const key = fields.get(name);
  return key === undefined ? null : values[key];
}

/** What a value of a wrong type is called in a message. */
export function nameOf(value) {
  if (value === null || value === undefined) return "missing";
  return `of type ${typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value}`;
}
