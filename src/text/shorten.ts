/**
 * What a caller sent, fit to be said back in one line: control characters and line breaks become spaces, and what is
 * long is cut, so that an answer stays small whatever was asked.
 */
export function shorten (text: string, length = 80): string {
  const cut = text.length > length ? text.slice(0, length).replace(/[\ud800-\udbff]$/, '') + '…' : text
  // eslint-disable-next-line no-control-regex
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')
}
