/** A workbook has its table of contents at its end, so the upload is held whole; measured, 64 MiB hold over a million rows. */
export const MOST_WORKBOOK_BYTES = 64 * 1024 * 1024

/** What all parts declare, inflated: a million rows of ten columns are 1.07 GB. */
export const MOST_INFLATED_BYTES = 1280 * 1024 * 1024

/** Sheets shrink to a tenth up to a thirtieth; a part above 1 MiB that shrinks a hundredfold was made to hurt. */
export const MOST_RATIO = 100
export const RATIO_FREE_BYTES = 1024 * 1024

export const MOST_ENTRIES = 1000

/** The texts that cells share have to be at hand while the sheet is read: at most 64 MiB of them. */
export const MOST_SHARED_STRINGS = 1_000_000
export const MOST_SHARED_CHARACTERS = 32 * 1024 * 1024

/** One tag, text or comment of a part; a cell of Excel holds 32,767 characters. */
export const MOST_TOKEN_CHARACTERS = 1024 * 1024
export const MOST_XML_DEPTH = 64

/** Elements of a part; a million rows of sixteen cells are 49 million. Measured, 10 million blank cells take 6 s to 8 s. */
export const MOST_XML_ELEMENTS = 64_000_000

/** Cell formats and their number formats; Excel itself holds 65,490. */
export const MOST_STYLES = 66_000

/** The size of a sheet of Excel: its last cell is XFD1048576. */
export const MOST_SHEET_ROWS = 1_048_576
export const MOST_SHEET_COLUMNS = 16_384

/** Characters of a cell of Excel. */
export const MOST_CELL_CHARACTERS = 32_767

export const MOST_MERGED_RANGES = 10_000

/** Every cell is compared with each of them. */
export const MOST_ARRAY_FORMULAS = 100
