/**
 * ST_Xstring (ECMA-376 part 1, 22.9.2.19): what XML cannot hold stands as _x0001_, and a text that looks like such an
 * escape has its underscore escaped. A carriage return is escaped because XML reads it as a line feed.
 */
// eslint-disable-next-line no-control-regex -- the very characters that have to be escaped
const ESCAPED = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|_(?=x[0-9A-Fa-f]{4}_)/g

const ESCAPE = /_x([0-9A-Fa-f]{4})_/g

export const escapeCell = (text: string): string =>
  text.replace(ESCAPED, character => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)

export const unescapeCell = (text: string): string =>
  text.includes('_x') ? text.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text

const MARKUP: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' }

/** For texts and for attribute values: line feeds and tabs would become spaces in an attribute. */
export const escapeXml = (text: string): string => text.replace(/[&<>"\n\t]/g, character => MARKUP[character]!)
