import type { Tx } from '../db/connect.ts'
import { placeWords } from '../files/file-problem.ts'
import type { Difference } from '../domain/effect/difference.ts'
import type { Message } from '../domain/message.ts'
import type { Fault } from '../problem.ts'
import type { Approved, Entry, EntryFault, Moved } from './entry.queries.ts'
import { type Packet, recordableOf } from './packet.operations.ts'
import { type SpooledRow, placeOfFinding } from './read-rows.operations.ts'
import type { Outcome, Row } from './record-row.operations.ts'
import type { RowRecorder } from './row-recorder.operations.ts'
import type { Strategy } from './strategy.ts'
import type { ImportParameters } from './import.queries.ts'

/** Whether each chunk is stored by itself; otherwise one transaction takes all of them, or none. */
export const storesByChunk = ({ mode, atomic }: ImportParameters): boolean => mode === 'commit' && !atomic

export interface ChunkRow extends SpooledRow {
  /** From 1, in the order of the files. */
  number: number
  /** Numbers of rows that it needs. */
  above: number[]
  /** See Row. */
  firstTwin?: number
}

/** What a run remembers from chunk to chunk. */
export interface Course {
  parameters: ImportParameters
  /** By row number: 1 when it was refused. */
  refused: Uint8Array
  /** Of an approved import: what was approved of these rows. */
  approvedOf: (rows: number[]) => Promise<ReadonlyMap<number, Approved> | undefined>
  /** Of an approved import: rows whose plan is not as it was when they were approved. */
  moved: Map<number, Moved>
  /** What a row is called that another one is told of: its code and its place. */
  nameOf: (row: number) => Promise<Message>
}

/** Of what changes in one plan; the history of the plan tells all. */
const MOST_CHANGES = 20

/** In letters of JSON: of a million updated rows this is kept for each. */
const MOST_CHANGES_LENGTH = 4_000

/** Records rows in their order and says what became of each. Throws for nothing that a row contains. `next`: those that come after them. */
export async function recordChunk (tx: Tx, recorder: RowRecorder, rows: ChunkRow[], course: Course, next: readonly ChunkRow[] = []): Promise<Entry[]> {
  const { parameters: { strategy }, refused, moved } = course
  const approved = await course.approvedOf(rows.map(({ number }) => number))
  const entries: Entry[] = []

  /** Rows in a row that are recorded alike. */
  let alike: { rows: ChunkRow[], strategy: Strategy } = { rows: [], strategy }
  const recordAlike = async (following: readonly ChunkRow[] = []) => {
    if (alike.rows.length === 0) return
    const outcomes = await recorder.record(alike.rows.map(toRow), alike.strategy, following.flatMap(({ plan }) => plan ?? []))
    for (const [index, outcome] of outcomes.entries()) {
      const row = alike.rows[index]!
      await note(row, outcome.toldAlready === true ? await toldAlready(row, outcome, course) : toEntry(row, outcome))
    }
    alike = { rows: [], strategy }
  }
  const note = async (row: ChunkRow, entry: Entry) => {
    if (entry.outcome === 'refused') refused[row.number] = 1
    const parent = row.above.find(number => refused[number] === 1)
    entries.push({ ...entry, ...(parent !== undefined && { parentRefused: parentRefused(parent, await course.nameOf(parent)) }) })
  }

  for (const given of rows) {
    const said = approved?.get(given.number)
    // What a packet adds to, rows before it may have changed.
    if (given.packet !== undefined) {
      await recordAlike()
      await recorder.finish()
    }
    const row = given.packet === undefined ? given : { ...given, ...await planOf(tx, given, given.packet) }
    const faults = row.faults ?? faultsOfApproval(row, said, moved.get(row.number))
    const wanted = strategyFor(said?.outcome, strategy)
    if (faults !== undefined || wanted !== alike.strategy) await recordAlike()
    if (faults !== undefined) await note(row, { ...bare(row), outcome: 'refused', faults })
    else {
      alike.strategy = wanted
      alike.rows.push(row)
    }
  }
  await recordAlike(next)
  return entries
}

/** One packet after another tells of a document; rows of a table or a list tell of each plan once. */
const toRow = ({ number, plan, packet, firstTwin }: ChunkRow): Row =>
  ({ number, ...plan!, ...(packet === undefined && firstTwin !== undefined && { firstTwin }) })

const bare = ({ number, place, code }: ChunkRow) => ({ row: number, place, withFindings: false, ...(code !== undefined && { code }) })

/** An approved row does what was approved and nothing else. */
function strategyFor (approved: Entry['outcome'] | undefined, strategy: Strategy): Strategy {
  if (approved === 'created') return 'create'
  return approved === 'updated' || approved === 'unchanged' ? 'update' : strategy
}

async function planOf (tx: Tx, { place }: ChunkRow, packet: Packet): Promise<Pick<ChunkRow, 'plan' | 'faults'>> {
  const recordable = await recordableOf(tx, packet)
  return 'issued' in recordable ? { plan: recordable } : { faults: [{ ...recordable, at: '', place }] }
}

function toEntry (row: ChunkRow, { outcome, planId, versionBefore, status, findings, changes = [], problem }: Outcome): Entry {
  // What the problem itself says is told once.
  const said = problem?.code === 'identity-taken' ? 'unique-identity' : undefined
  const told = findings.filter(({ rule, severity }) => (outcome === 'refused' || severity !== 'info') && rule !== said)
  return {
    ...bare(row),
    outcome,
    withFindings: outcome !== 'refused' && outcome !== 'unchanged' && (status === 'nonconforming' || told.some(({ waived }) => !waived)),
    ...(planId !== undefined && { planId }),
    ...(versionBefore !== undefined && { versionBefore }),
    ...(changes.length > 0 && toldOf(changes)),
    ...(told.length > 0 && {
      findings: told.map(({ rule, severity, at, message, waived }) =>
        ({ rule, severity, at, place: placeOfFinding(row, at), message: { vi: message.vi, en: message.en }, waived }))
    }),
    // Whose rules it breaks is told by the findings.
    ...(problem !== undefined && problem.code !== 'plan-refused' && { faults: faultsOf(row, problem) })
  }
}

/** As many of the first ones as an entry has room for. */
function toldOf (changes: Difference[]): Pick<Entry, 'changes' | 'changesLeftOut'> {
  let length = 0
  const rest = changes.findIndex((change, index) => index === MOST_CHANGES || (length += JSON.stringify(change).length) > MOST_CHANGES_LENGTH)
  return rest === -1 ? { changes } : { changes: changes.slice(0, rest), changesLeftOut: changes.length - rest }
}

/** The problem's own words; one without places of its own is the row's. */
function faultsOf (row: ChunkRow, { code, detail, faults = [] }: NonNullable<Outcome['problem']>): EntryFault[] {
  const own: Fault[] = faults.length > 0 ? faults : [{ at: '', code, message: detail }]
  return own.map(fault => ({ ...fault, place: placeOfFinding(row, fault.at) }))
}

/** `11/KH-UBND (plans.xlsx, trang tính “Văn bản”, hàng 3)`. */
export function nameOfRow ({ code, place }: SpooledRow, number: number): Message {
  const words = placeWords(place) ?? { vi: `Hàng ${number}`, en: `Row ${number}` }
  const said = (language: 'vi' | 'en') => {
    const where = [place.file, uncapitalized(words[language])].filter(part => part !== undefined).join(', ')
    return code === undefined ? where : `${code} (${where})`
  }
  return { vi: said('vi'), en: said('en') }
}

const uncapitalized = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

const parentRefused = (row: number, name: Message): NonNullable<Entry['parentRefused']> => ({
  row,
  message: {
    vi: `Văn bản này dẫn ${name.vi} trong cùng lần nhập, mà hàng đó bị từ chối. Hãy xử lý hàng đó trước.`,
    en: `It cites ${name.en} of the same import, and that row is refused. See to that row first.`
  }
})

async function toldAlready (row: ChunkRow, { planId }: Outcome, { nameOf }: Course): Promise<Entry> {
  const name = await nameOf(row.firstTwin!)
  return {
    ...bare(row),
    outcome: 'refused',
    ...(planId !== undefined && { planId }),
    faults: [{
      code: 'row-repeated',
      at: '',
      place: row.place,
      message: {
        vi: `Hàng này và ${name.vi} là một văn bản (cùng cơ quan ban hành, năm, loại, số và ký hiệu hoặc cùng id) nhưng nội dung khác nhau. Hãy giữ một hàng, hoặc sửa số, ký hiệu, ngày của hàng sai.`,
        en: `This row and ${name.en} are one plan (one issuer, year, type and code, or one id) and say different things. Keep one of them, or correct the code or date of the wrong one.`
      }
    }]
  }
}

/** Why an approved import does not record a row that it was approved with. */
function faultsOfApproval (row: ChunkRow, approved: Approved | undefined, moved: Moved | undefined): EntryFault[] | undefined {
  if (moved !== undefined) return [{ code: 'record-moved', at: '', place: row.place, message: movedWords(moved) }]
  if (approved?.outcome !== 'refused') return undefined
  return approved.details.faults ?? [{ code: 'not-approved', at: '', place: row.place, message: NOT_APPROVED }]
}

const NOT_APPROVED = {
  vi: 'Hàng này bị từ chối trong bản kế hoạch nhập đã duyệt. Hãy sửa tệp và lập lại kế hoạch nhập.',
  en: 'This row was refused in the plan of the import that was approved. Repair the file and plan the import again.'
}

function movedWords ({ planId, code, versionSeen, version }: Moved): EntryFault['message'] {
  const name = code ?? planId
  return version === undefined
    ? {
        vi: `Văn bản ${name} (${planId}) không còn trong sổ từ khi lập kế hoạch nhập. Hãy lập lại kế hoạch.`,
        en: `The plan ${name} (${planId}) has left the register since the import was planned. Plan it again.`
      }
    : {
        vi: `Bản ghi ${name} (${planId}) đã thay đổi từ khi lập kế hoạch nhập: khi đó là phiên bản ${versionSeen}, nay là ${version}. Hãy xem lại rồi lập lại kế hoạch.`,
        en: `The record ${name} (${planId}) has moved since the import was planned: it was at version ${versionSeen} and is at ${version}. Look at it and plan the import again.`
      }
}
