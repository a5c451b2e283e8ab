import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { Message } from '../domain/message.ts'
import { EXPORT_FORMATS, type ExportFormat } from '../exports/export-format.ts'
import { type Selection, exportPlans } from '../exports/export.operations.ts'
import { EXPORT_DIRECTIONS } from '../exports/export.schemas.ts'
import { writeExport } from '../exports/write-export.ts'
import { onePlan, onePlanAt } from './one-plan.ts'
import { withDatabase } from './open.ts'
import { examples, oneOfOption } from './options.ts'
import { KEY_OPTION, type Remote, URL_OPTION, ask, remoteOf, unanswered } from './remote.ts'
import { type Terminal, hint } from './terminal.ts'

interface ExportOptions {
  url?: string
  key?: string
  plan?: string
  direction: typeof EXPORT_DIRECTIONS[number]
  issuer?: string
  organization?: string
  after?: string
  format?: ExportFormat
  output?: string
}

export function addExportCommand (program: Command, terminal: Terminal): void {
  program.command('export').description('plans as a file that can be imported again: all, a cascade, or those of one issuer')
    .option('--plan <plan>', 'the cascade of this plan: a code with words of its issuer, words of its title, or an id')
    .option('--direction <direction>', 'of the cascade: ancestors, descendants or both', oneOfOption(EXPORT_DIRECTIONS), 'both')
    .option('--issuer <name>', 'only plans of this issuer')
    .option('--organization <id>', 'only plans of this organization')
    .option('--after <id>', 'go on after this id, where an export was cut off')
    .option('--format <format>', `${EXPORT_FORMATS.join(', ')}; the default follows the ending of the file, and is ndjson on stdout`, oneOfOption(EXPORT_FORMATS))
    .option('-o, --output <file>', 'write to this file, which appears once it is whole')
    .option(...URL_OPTION)
    .option(...KEY_OPTION)
    .addHelpText('after', examples(
      'thac export -o plans.xlsx', 'thac export --plan 666/QĐ-TTg | jq .code', 'thac export --issuer "UBND tỉnh Thái Bình" --url https://thac.example.vn -o thai-binh.csv'))
    .action(async (options: ExportOptions, command: Command) => {
      const { output } = options
      const format = options.format ?? (output === undefined ? 'ndjson' : formatOfName(output))
      if (format === undefined) {
        command.error(`error: the name ${output} tells no format; end it with one of ${Object.keys(FORMATS_BY_ENDING).join(', ')}, or add --format ${EXPORT_FORMATS.join(', --format ')}`)
      }
      if (format === 'xlsx' && output === undefined && terminal.forPeople) command.error('error: a workbook is no text for a terminal; name a file with -o')
      const remote = remoteOf(options, terminal.env)
      if (remote === undefined) await exportHere(terminal, options, format)
      else await exportFrom(remote, terminal, options, format)
    })
}

const FORMATS_BY_ENDING: Record<string, ExportFormat> = { '.ndjson': 'ndjson', '.jsonl': 'ndjson', '.csv': 'csv', '.xlsx': 'xlsx' }

const formatOfName = (file: string): ExportFormat | undefined => FORMATS_BY_ENDING[extname(file).toLowerCase()]

async function exportHere (terminal: Terminal, { plan, direction, issuer, organization, after, output }: ExportOptions, format: ExportFormat): Promise<void> {
  await withDatabase(terminal, async ({ db }) => {
    const selection: Selection = {
      direction,
      ...(plan !== undefined && { planId: (await onePlan(db, plan)).id }),
      ...(issuer !== undefined && { issuer }),
      ...(organization !== undefined && { issuerId: organization }),
      ...(after !== undefined && { after })
    }
    let count = 0
    // Whoever reads may pause for as long as it likes: `thac export | less`.
    const plans = exportPlans(db, selection, { idleMs: 0 })
    const counted = (async function * () {
      for await (const one of plans) {
        count++
        yield one
      }
    })()
    await keep(terminal, writeExport(counted, format, terminal.language), output)
    sayDone(terminal, output, {
      vi: `${count.toLocaleString('vi')} văn bản`,
      en: `${count.toLocaleString('en')} plan${count === 1 ? '' : 's'}`
    })
  })
}

async function exportFrom (remote: Remote, terminal: Terminal, { plan, direction, issuer, organization, after, output }: ExportOptions, format: ExportFormat): Promise<void> {
  const query = new URLSearchParams(Object.entries({
    format, direction, issuer, organization, after, plan: plan === undefined ? undefined : (await onePlanAt(remote, plan)).id
  }).filter((pair): pair is [string, string] => pair[1] !== undefined))
  const { body } = await ask(remote, `/v1/exports?${query}`, { headers: { 'accept-language': terminal.language } })
  let bytes = 0
  const counted = (async function * () {
    try {
      for await (const piece of body as AsyncIterable<Uint8Array>) {
        bytes += piece.length
        yield piece
      }
    } catch (cause) {
      // The service breaks the connection off when it cannot go on: what has arrived is not the whole.
      throw unanswered(remote.url, cause)
    }
  })()
  await keep(terminal, counted, output)
  const size = `${(bytes / 1024).toFixed(1)} KiB`
  sayDone(terminal, output, { vi: `${size} từ ${remote.url}`, en: `${size} from ${remote.url}` })
}

/** To stdout as it comes; to a file under another name until it is whole, so that no half of an export is taken for one. */
async function keep (terminal: Terminal, bytes: AsyncIterable<Uint8Array>, output: string | undefined): Promise<void> {
  if (output === undefined) return await terminal.pipe(bytes)
  const unfinished = `${output}.unfinished`
  try {
    await pipeline(bytes, createWriteStream(unfinished))
    await rename(unfinished, output)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

function sayDone (terminal: Terminal, output: string | undefined, { vi, en }: Message): void {
  if (output === undefined) return hint(terminal, { vi: `${vi}.`, en: `${en}.` })
  terminal.say(terminal.language === 'vi' ? `${vi} → ${output}. Nhập lại: thac import ${output}` : `${en} → ${output}. To import it: thac import ${output}`)
}
