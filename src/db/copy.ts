import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { CopyText } from './copy-text.ts'
import type { Session } from './session.ts'

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
const COPY_DONE = Buffer.from([...Buffer.from('c'), 0, 0, 0, 4])

/** Rows of a table as they are sent. */
export interface Copied {
  statement: string
  messages: Buffer[]
}

/**
 * Rows in the text format of COPY, which takes any number of them in one statement and has no parameters. All rows have the
 * members of the first one, named as the columns of the schema are; a column that they do not name takes its default.
 */
export function toCopied (table: PgTable, rows: readonly object[]): Copied | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first)
  const members = columns.map(([name]) => name)
  const text = new CopyText()
  for (const row of rows as readonly Record<string, unknown>[]) text.row(row, members)
  return {
    statement: `copy "${getTableName(table)}" (${columns.map(([, column]) => `"${column.name}"`).join(', ')}) from stdin`,
    messages: text.end()
  }
}

/**
 * Puts rows into tables, one after the other, in one message to the server. All of them are handed to the socket at once, so
 * they go on being sent whenever this thread has a moment, while it decides about the rows that follow.
 */
export async function copyAll ({ client }: Pick<Session, 'client'>, tables: readonly Copied[]): Promise<void> {
  if (tables.length === 0) return
  await new Promise<void>((resolve, reject) => { client.query(new CopyAll(tables, error => error === undefined ? resolve() : reject(error))) })
}

/** What the driver tells a query of its connection. */
interface Wire {
  query (text: string): void
  stream: { cork (): void, uncork (): void, write (bytes: Buffer): boolean }
}

/**
 * The statements and their rows without waiting for the server to ask for each: it reads them in this order. Should a
 * statement fail, the server passes over the rows that still come, as the protocol promises.
 */
class CopyAll implements pg.Submittable {
  readonly #tables: readonly Copied[]
  readonly #ended: (error?: Error) => void

  constructor (tables: readonly Copied[], ended: (error?: Error) => void) {
    this.#tables = tables
    this.#ended = ended
  }

  submit (connection: unknown): void {
    const wire = connection as Wire
    const { stream } = wire
    stream.cork()
    wire.query(this.#tables.map(({ statement }) => statement).join('; '))
    for (const { messages } of this.#tables) {
      for (const message of messages) stream.write(message)
      stream.write(COPY_DONE)
    }
    stream.uncork()
  }

  handleCopyInResponse (): void {}

  handleCommandComplete (): void {}

  handleReadyForQuery (): void {
    this.#ended()
  }

  handleError (error: Error): void {
    this.#ended(error)
  }
}
