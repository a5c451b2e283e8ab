import { and, asc, eq } from 'drizzle-orm'
import type { Db, Tx } from '../db/connect.ts'
import { importChunks, importFiles } from '../db/schema.ts'
import type { Format } from '../files/formats.ts'

export interface UploadedFile {
  /** From 0, in the order in which the files came. */
  position: number
  name?: string
  format: Format
  byteCount: number
  sha256: string
}

export async function insertChunk (db: Db, importId: string, file: number, position: number, bytes: Buffer): Promise<void> {
  await db.insert(importChunks).values({ importId, file, position, bytes })
}

export async function insertFiles (tx: Tx, importId: string, files: UploadedFile[]): Promise<void> {
  await tx.insert(importFiles).values(files.map(file => ({ importId, ...file })))
}

export async function findFiles (db: Db | Tx, importId: string): Promise<UploadedFile[]> {
  const rows = await db.select().from(importFiles).where(eq(importFiles.importId, importId)).orderBy(asc(importFiles.position))
  return rows.map(({ position, name, format, byteCount, sha256 }) =>
    ({ position, ...(name !== null && { name }), format: format as Format, byteCount, sha256 }))
}

/** The bytes of a file as they came, a chunk at a time. */
export async function * readChunks (db: Db, importId: string, file: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; position++) {
    const [row] = await db.select({ bytes: importChunks.bytes }).from(importChunks)
      .where(and(eq(importChunks.importId, importId), eq(importChunks.file, file), eq(importChunks.position, position)))
    if (row === undefined) return
    yield row.bytes
  }
}
