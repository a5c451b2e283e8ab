import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** One parameter for the whole list of ids: a list of parameters ends at 65,535. */
export const isAmongIds = (column: PgColumn, ids: Iterable<string>): SQL => sql`${column} = any(${sql.param([...ids])}::uuid[])`

/** As `isAmongIds`, of a column of text. */
export const isAmongTexts = (column: PgColumn, texts: Iterable<string>): SQL => sql`${column} = any(${sql.param([...texts])}::text[])`
