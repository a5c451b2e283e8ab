/**
 * A spreadsheet runs a cell that begins with one of these, the full-width forms included. It takes for a cell what stands
 * between its own separators: a file with commas is split at semicolons where Windows is set to Vietnamese, and
 * `x;=HYPERLINK(…)` becomes two cells. So every place is guarded at which some reader may begin a cell, with white space
 * and quotes passed over. The guard is the apostrophe that spreadsheets know: what follows is text.
 */
const UNGUARDED = /(?=['=+\-@＝＋－＠])(?<=(?:^|[;,\t\r\n])["\s]*)/g
const GUARD = /'(?=['=+\-@＝＋－＠])(?<=(?:^|[;,\t\r\n])["\s]*')/g

export const guarded = (text: string): string => text.replace(UNGUARDED, "'")

/** Takes back exactly what `guarded` put in. */
export const unguarded = (text: string): string => text.replace(GUARD, '')
