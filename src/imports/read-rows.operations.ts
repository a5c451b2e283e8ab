import type { Db } from '../db/connect.ts'
import { type Place, type ReadRow, type Read, type RowFault, placeIn } from '../files/row.ts'
import { check } from '../http/faults.ts'
import type { IssuedPlan } from '../plans/plan.operations.ts'
import { Problem } from '../problem.ts'
import { pointer } from '../text/pointer.ts'
import type { EntryFault, UploadPlace } from './entry.queries.ts'
import { rowBody } from './import.schemas.ts'
import type { Packet } from './packet.operations.ts'
import { READERS } from './readers.ts'
import { type KeyedRow, rowKeysReader } from './row-keys.ts'
import type { RowPlan } from './record-row.operations.ts'
import { RowGraph, type RowOrder } from './row-order.ts'
import { Spool } from './spool.ts'
import { type UploadedFile, readChunks } from './upload.queries.ts'

/** A row as it was read: a plan to record, or why there is none. */
export interface SpooledRow {
  place: UploadPlace
  code?: string
  faults?: EntryFault[]
  plan?: RowPlan
  /** Where the file is a packet of the document axis, in place of `plan`. */
  packet?: Packet
  /** Where the members stand, of files that tell it: columns, cells. */
  places?: Record<string, Place>
}

export interface ReadUpload {
  spool: Spool<SpooledRow>
  order: RowOrder
}

/** A problem with a file, with the name of the file where there are several. */
export class UploadProblem extends Error {
  readonly problem: Problem
  readonly file?: string

  constructor (problem: Problem, file: string | undefined) {
    super(problem.message, { cause: problem })
    this.problem = problem
    this.file = file
  }
}

export interface ReadOptions {
  mayWaive: boolean
  /** Told of every row; what it throws ends the reading. */
  told: (bytesRead: number, rowsRead: number) => void
}

/** A file of bad rows alone would otherwise be answered by a report many times its size. */
const MOST_FAULTS_TOLD = 200_000

/** Reads every row of an upload to a spool and finds the order of recording. The caller closes the spool. */
export async function readRows (db: Db, importId: string, files: UploadedFile[], { mayWaive, told }: ReadOptions): Promise<ReadUpload> {
  const spool = await Spool.open<SpooledRow>()
  try {
    const graph = new RowGraph()
    const keysOf = rowKeysReader()
    let bytesRead = 0
    let faultsTold = 0

    async function * counted (file: number): AsyncGenerator<Buffer> {
      for await (const bytes of readChunks(db, importId, file)) {
        bytesRead += bytes.length
        yield bytes
      }
    }

    for (const { position, format, name } of files) {
      const file = files.length > 1 || name !== undefined ? name ?? String(position + 1) : undefined
      try {
        for await (const read of READERS[format](counted(position))) {
          const row = toSpooled(read, file, mayWaive)
          faultsTold += row.faults?.length ?? 0
          if (faultsTold > MOST_FAULTS_TOLD && row.faults !== undefined) row.faults.splice(1)
          graph.add(keysOf(keyed(read)))
          const written = spool.push(row)
          if (written !== undefined) await written
          told(bytesRead, spool.length)
        }
      } catch (error) {
        throw error instanceof Problem ? new UploadProblem(error, file) : error
      }
    }
    await spool.flush()
    return { spool, order: graph.close() }
  } catch (error) {
    await spool.close()
    throw error
  }
}

function toSpooled (read: Read, file: string | undefined, mayWaive: boolean): SpooledRow {
  const within = (place: Place): UploadPlace => ({ ...(file !== undefined && { file }), ...place })
  const code = keyed(read).code
  const named = { place: within('fault' in read ? read.fault.place : read.row.place), ...(code !== undefined && { code }) }
  if ('fault' in read) return { ...named, faults: allFaults(read.fault).map(fault => ({ ...fault, place: within(fault.place) })) }
  const { row } = read
  const checked = check(rowBody, 'body', row.value)
  if ('faults' in checked) return { ...named, faults: checked.faults.map(fault => ({ ...fault, place: within(placeIn(row, fault.at)) })) }
  const { id, citations = [], targets = [], waivers = [], ...rest } = checked.value as KeyedRow & IssuedPlan
  if (waivers.length > 0 && !mayWaive) return { ...named, faults: [{ ...NO_WAIVERS, place: within(placeIn(row, NO_WAIVERS.at)) }] }
  const places = placesOf(row)
  const issued = { citations, targets, waivers, ...rest }
  return {
    ...named,
    ...(row.partial === true
      ? { packet: { action: row.action ?? 'record', issued, ...(row.about !== undefined && { about: row.about }) } }
      : { plan: { ...(id !== undefined && { id }), issued, ...(row.unsaid !== undefined && { unsaid: row.unsaid }) } }),
    ...(places !== undefined && { places })
  }
}

/** What the reader found, and what the schema finds in the rest of the row, but for what is lacking there because a cell could not be read. */
function allFaults ({ place, faults, rest }: RowFault): EntryFault[] {
  const read = faults.map(fault => ({ ...fault, place: fault.place ?? place }))
  const checked = rest === undefined ? undefined : check(rowBody, 'body', rest.value)
  if (rest === undefined || checked === undefined || !('faults' in checked)) return read
  const unreadable = new Set(read.map(({ at }) => at))
  const further = checked.faults.filter(({ at, code }) =>
    !unreadable.has(at) && !(NAMING_NOTHING.has(code) && ['/code', '/title'].some(name => unreadable.has(at + name))))
  return [...read, ...further.map(fault => ({ ...fault, place: placeIn(rest, fault.at) }))]
}

/** Faults of a plan or a citation that has neither code nor title. */
const NAMING_NOTHING = new Set(['plan-names-nothing', 'citation-names-nothing'])

const NO_WAIVERS = {
  code: 'scope-missing',
  at: '/waivers',
  message: {
    vi: 'Hàng này có miễn trừ, nhưng khóa gửi lên không có quyền plans:waive. Hãy bỏ miễn trừ hoặc dùng khóa có quyền đó.',
    en: 'This row gives waivers, and the key that sent it lacks the scope plans:waive. Leave them out, or use a key that has it.'
  }
}

/** What of a row can be told even when it breaks the schema, so that rows that cite it find it. */
function keyed (read: Read): KeyedRow {
  const value = 'fault' in read ? read.fault.rest?.value : read.row.value
  if (!isObject(value)) return {}
  const { id, code, title, issuer, issuedOn, citations } = value
  return {
    ...texts({ id, code, title, issuer, issuedOn }),
    ...(Array.isArray(citations) && {
      citations: citations.filter(isObject).map(({ relation, code, title, issuer, issuedOn, planId }) =>
        texts({ relation, code, title, issuer, issuedOn, planId }) as unknown as NonNullable<KeyedRow['citations']>[number])
    })
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const texts = (members: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => typeof value === 'string')) as Record<string, string>

/** The spool cannot keep `placeOf`; findings point at members, at the ends of a period and at the items of lists. */
function placesOf ({ value, placeOf }: ReadRow): Record<string, Place> | undefined {
  if (placeOf === undefined || !isObject(value)) return undefined
  const pointers = Object.entries(value).flatMap(([member, held]) => [
    pointer([member]),
    ...(Array.isArray(held) ? held.map((_, index) => pointer([member, index])) : isObject(held) ? Object.keys(held).map(name => pointer([member, name])) : [])
  ])
  return Object.fromEntries(pointers.map(at => [at, placeOf(at)]))
}

/** The place of what a rule found in a row, by the nearest member of which the place is known. */
export function placeOfFinding ({ place, places }: SpooledRow, at: string): UploadPlace {
  if (places === undefined) return { ...place, ...(at !== '' && { pointer: at }) }
  for (let prefix = at; prefix !== ''; prefix = prefix.slice(0, prefix.lastIndexOf('/'))) {
    const known = places[prefix]
    if (known !== undefined) return { ...(place.file !== undefined && { file: place.file }), ...known }
  }
  return place
}
