/** A row is what a request can carry one by one: the limit of a request body (BODY_LIMIT_BYTES in http/server-options.ts). */
export const MOST_ROW_BYTES = 1024 * 1024

/** The table of columns holds some hundred names, repeated citations included; a header of more is no header. */
export const MOST_COLUMNS = 200

/** A hundred names of a hundred characters, several times over. */
export const MOST_HEADER_BYTES = 64 * 1024
