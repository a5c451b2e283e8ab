import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { FORMATS, type Format } from '../files/formats.ts'
import type { ImportParameters } from '../imports/import.queries.ts'
import type { ImportReply } from '../imports/import.schemas.ts'
import { STRATEGIES } from '../imports/strategy.ts'
import { planOfImport, readImportPlan } from './import-plan.ts'
import { untilEnded } from './import-progress.ts'
import { showReport } from './import-report.ts'
import { type ImportService, localImports, remoteImports } from './import-service.ts'
import { isStopping } from './interrupt.ts'
import { withDatabase } from './open.ts'
import { examples, oneOfOption } from './options.ts'
import { KEY_OPTION, type RemoteOptions, URL_OPTION, remoteOf } from './remote.ts'
import { type Terminal, hint } from './terminal.ts'
import { localFiles, unreadable } from './upload-body.ts'

interface ImportOptions extends RemoteOptions {
  format?: Format
  dryRun?: boolean
  byRow?: boolean
  strategy: ImportParameters['strategy']
  asIssued?: boolean
  report?: string
}

const FILES = 'NDJSON, JSON, CSV, XLSX or edXML files; - is stdin'

export function addImportCommands (program: Command, terminal: Terminal): void {
  const command = addOptions(program.command('import').description('record plans by the thousand; again changes nothing'))
    .argument('<files...>', FILES)
    .option('--dry-run', 'say what would be recorded, and record nothing')
    .addHelpText('after', examples(
      'thac import plans.xlsx --dry-run', 'thac import plans.csv --by-row --report refused.ndjson', 'jq -c .[] plans.json | thac import -',
      'THAC_KEY=… thac import plans.ndjson --url https://thac.example.vn', 'thac import plan plans.xlsx -o p.json && thac import apply p.json'))
    .action(async (paths: string[], options: ImportOptions) => await withImports(terminal, options, async service => {
      const { format, report } = options
      const begun = await service.begin(await localFiles(paths, format), { ...parametersOf(options, options.dryRun === true ? 'validate' : 'commit'), ...(format !== undefined && { format }) })
      await finish(terminal, service, begun, report)
    }))

  addOptions(command.command('plan').description('write down what an import would do, for somebody to approve'))
    .argument('<files...>', FILES)
    .requiredOption('-o, --output <file>', 'where to write the plan of the import')
    .addHelpText('after', examples('thac import plan plans.xlsx -o p.json', 'jq ".rows[] | select(.outcome == \\"updated\\")" p.json', 'thac import apply p.json'))
    .action(async (paths: string[], _, self: Command) => await withImports(terminal, optionsOf(self), async (service, url) => {
      const { output, ...options } = optionsOf<ImportOptions & { output: string }>(self)
      const { format, report } = options
      const begun = await service.begin(await localFiles(paths, format), { ...parametersOf(options, 'validate'), ...(format !== undefined && { format }) })
      const ended = await finish(terminal, service, begun, report)
      if (ended.state !== 'done') return
      await writeFile(output, await planOfImport(service, ended, url))
      hint(terminal, {
        vi: `Kế hoạch nhập: ${output}, dùng được đến ${ended.expiresAt}. Khi đã duyệt: thac import apply ${output}`,
        en: `The plan of the import: ${output}, good until ${ended.expiresAt}. Once approved: thac import apply ${output}`
      })
    }))

  command.command('apply').description('do what the plan of an import says; refuses a row only if its record has moved since')
    .option(...URL_OPTION)
    .option(...KEY_OPTION)
    .argument('<plan>', 'what thac import plan has written')
    .option('--report <file>', 'keep what became of each row, as NDJSON')
    .addHelpText('after', examples('thac import apply p.json'))
    .action(async (path: string, _, self: Command) => {
      const options = optionsOf<ImportOptions>(self)
      const { import: id, service: url } = readImportPlan(await readFile(path, 'utf8').catch(error => { throw unreadable(path, error) }), path)
      await withImports(terminal, { ...options, ...(options.url === undefined && url !== undefined && { url }) }, async service =>
        await finish(terminal, service, await service.commit(id), options.report))
    })

  command.command('show').description('how an import stands, or how it ended')
    .option(...URL_OPTION)
    .option(...KEY_OPTION)
    .argument('<id>', 'the id of the import')
    .option('--report <file>', 'keep what became of each row, as NDJSON')
    .action(async (id: string, _, self: Command) => await withImports(terminal, optionsOf(self), async service => {
      const { report: path } = optionsOf<ImportOptions>(self)
      const report = await service.get(id)
      if (path !== undefined) await keepEntries(service, report, path)
      await showReport(terminal, service, report)
    }))

  command.command('cancel').description('end an import')
    .option(...URL_OPTION)
    .option(...KEY_OPTION)
    .argument('<id>', 'the id of the import')
    .action(async (id: string, _, self: Command) => await withImports(terminal, optionsOf(self), async service => {
      const report = await untilEnded(terminal, service, await service.cancel(id))
      terminal.say(report.message[terminal.language])
    }))
}

const addOptions = (command: Command): Command => command
  .option(...URL_OPTION)
  .option(...KEY_OPTION)
  .option('--format <format>', `${FORMATS.join(', ')}; the default follows the name of the file`, oneOfOption(FORMATS))
  .option('--by-row', 'store what is good even if other rows are refused (default: all or nothing)')
  .option('--strategy <strategy>', 'create refuses what is held already, update what is not, upsert neither', oneOfOption(STRATEGIES), 'upsert')
  .option('--as-issued', 'record the documents as they were lawfully issued, whatever the rules find')
  .option('--report <file>', 'keep what became of each row, as NDJSON')

/** An option that `import` knows as well is read by it, also when it stands behind the name of the subcommand. */
const optionsOf = <Options extends RemoteOptions>(subcommand: Command): Options => subcommand.optsWithGlobals<Options>()

const parametersOf = ({ byRow, strategy, asIssued }: ImportOptions, mode: ImportParameters['mode']): ImportParameters =>
  ({ mode, atomic: byRow !== true, strategy, asIssued: asIssued === true })

/** The imports of the service that is named, or of the database; a signal ends what is under way here. */
async function withImports (terminal: Terminal, options: RemoteOptions, run: (service: ImportService, url?: string) => Promise<unknown>): Promise<void> {
  const remote = remoteOf(options, terminal.env)
  if (remote !== undefined) {
    await run(remoteImports(remote), remote.url)
    return
  }
  const local = localImports(terminal.env)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    const ended = await local.stop()
    if (ended !== undefined && isStopping()) terminal.say(ended.message[terminal.language])
  }
  await withDatabase(terminal, async ({ db }) => await run(local.of(db)), async () => await (stopped ??= stop()))
}

async function finish (terminal: Terminal, service: ImportService, begun: ImportReply, report: string | undefined): Promise<ImportReply> {
  hint(terminal, { vi: `Lần nhập ${begun.id}`, en: `Import ${begun.id}` })
  const ended = await untilEnded(terminal, service, begun)
  if (report !== undefined) await keepEntries(service, ended, report)
  await showReport(terminal, service, ended)
  return ended
}

async function keepEntries (service: ImportService, { id }: ImportReply, path: string): Promise<void> {
  const file = createWriteStream(path)
  for await (const entry of service.entries(id)) {
    if (!file.write(JSON.stringify(entry) + '\n')) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}
