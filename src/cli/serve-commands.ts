import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open.ts'
import { readExamples, recordExample } from '../examples/example.operations.ts'
import type { LogStream } from '../http/logging.ts'
import { lineageOf } from '../lineage/lineage.operations.ts'
import { listPlans } from '../plans/plan-list.queries.ts'
import { Problem } from '../problem.ts'
import { resolveQuestion } from '../resolver/resolver.operations.ts'
import { type Serving, serve } from '../server.ts'
import { closingOnSignal, isStopping } from './interrupt.ts'
import { lineageTree } from './lineage-tree.ts'
import { onePlan } from './one-plan.ts'
import { examples } from './options.ts'
import { show, type Terminal } from './terminal.ts'

const ENVIRONMENT = `
Environment:
  DATABASE_URL   the PostgreSQL to use; unset: the service brings its own
  THAC_DATA_DIR  where its own PostgreSQL keeps its files
  HOST, PORT     where it listens (127.0.0.1, 3000)
  THAC_READS     open: everybody may read; key: reading takes an API key
  LOG_LEVEL      fatal, error, warn, info, debug, trace or silent`

/** What the demo shows: a department's plan, whose lineage leads through two decisions to the National Assembly. */
const SHOWN = '55/KH-SVHTTDL Thái Bình'

export function addServeCommands (program: Command, terminal: Terminal): void {
  program.command('demo').description('start, record the example cascades, show a lineage, and go on serving')
    .addHelpText('after', examples('thac demo', 'PORT=3001 THAC_DATA_DIR=/tmp/thac thac demo'))
    .action(async () => await demo(terminal))

  program.command('serve').description('serve the API until it is told to stop; its log goes to stdout')
    .addHelpText('after', ENVIRONMENT + '\n' + examples('thac serve', 'DATABASE_URL=postgres://thac:secret@db:5432/thac HOST=0.0.0.0 thac serve'))
    .action(async () => sayWhere(await start(terminal), terminal))

  program.command('migrate').description('bring the database to the schema of this version; waits for a database that is starting')
    .addHelpText('after', examples('DATABASE_URL=postgres://thac:secret@db:5432/thac thac migrate'))
    .action(async () => {
      const config = readConfig(terminal.env)
      const opening = openDatabase(config, message => terminal.say(message))
      const database = await closingOnSignal(terminal, opening, { abandonable: config.databaseUrl !== undefined, expected: false })
      await database.close()
      terminal.say('The database has the schema of this version.')
    })
}

async function start (terminal: Terminal, defaults: Terminal['env'] = {}, logStream?: LogStream): Promise<Serving> {
  const config = readConfig({ ...defaults, ...terminal.env })
  // Connections that end because the database is being stopped are no news.
  const starting = serve(config, message => { if (!isStopping()) terminal.say(message) }, logStream)
  return await closingOnSignal(terminal, starting, { abandonable: config.databaseUrl !== undefined, expected: true })
}

async function demo (terminal: Terminal): Promise<void> {
  // stdout is for the lineage alone.
  const serving = await start(terminal, { LOG_LEVEL: 'warn' }, { write: line => { terminal.say(line.trimEnd()) } })
  const { db } = serving.database
  try {
    if (!serving.database.embedded) await refuseForeignRegister(serving)
    for (const example of await readExamples()) {
      const { recorded, unchanged } = await recordExample(db, example)
      terminal.say([
        ...(recorded > 0 ? [`Recorded ${plans(recorded)}`] : []),
        ...(unchanged > 0 ? [`${recorded > 0 ? 'found' : 'Found'} ${plans(unchanged)} already there`] : [])
      ].join(', ') + ` · ${example.title}`)
    }
    const { id } = await onePlan(db, SHOWN)
    const lineage = await lineageOf(db, id, {
      direction: 'ancestors', relations: ['implements', 'references'], limit: 1000, include: ['targets', 'findings']
    })
    terminal.say('')
    show({ ...terminal, forPeople: !terminal.jsonAsked }, lineage, () => lineageTree(lineage, terminal))
  } catch (error) {
    await serving.close()
    throw error
  }
  // performance.now() counts from the start of the process, its loading included.
  terminal.say(`
Ready after ${(performance.now() / 1000).toFixed(1)} s. Try, in another terminal:
  npx thac lineage 666/QĐ-TTg --direction descendants
  npx thac findings Bù Gia Mập 2022
  curl -s '${serving.url}/v1/plans?text=soc+trang'
`)
  sayWhere(serving, terminal)
  await loadOrganizations(serving, terminal)
}

/**
 * The last, because it takes some seconds on the first start and the lineage need not wait for it; in a process of its own,
 * because judging 44,000 organizations would keep this one from answering.
 */
async function loadOrganizations (serving: Serving, terminal: Terminal): Promise<void> {
  const { execPath, execArgv, argv } = process
  const child = spawn(execPath, [...execArgv, argv[1]!, 'organizations', 'load'], { env: terminal.env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  const { close } = serving
  serving.close = async () => {
    // It holds the embedded database open; half a load is undone with its transaction.
    if (child.exitCode === null && child.kill('SIGKILL')) await ended
    await close()
  }
  const [code] = await ended
  if (code === 0 && !isStopping()) {
    terminal.say(`Organizations of yesterday and today are known:
  curl -sG ${serving.url}/v1/plans -d responsibleAt=2026-01-01 --data-urlencode 'issuer=UBND tỉnh Hưng Yên'`)
  }
}

const plans = (count: number) => `${count} ${count === 1 ? 'plan' : 'plans'}`

/** Whoever forgot that DATABASE_URL is set must not find examples in a real register. */
async function refuseForeignRegister ({ database: { db } }: Serving): Promise<void> {
  const [held] = await listPlans(db, {}, { limit: 1 })
  if (held === undefined || (await resolveQuestion(db, { q: SHOWN })).candidates.length > 0) return
  throw new Problem('identity-taken', {
    vi: 'Cơ sở dữ liệu trong DATABASE_URL đã có văn bản khác; bản trình diễn sẽ ghi thêm các văn bản mẫu vào đó. Hãy dùng cơ sở dữ liệu trống, hoặc bỏ DATABASE_URL.',
    en: 'The database of DATABASE_URL holds plans of its own, and the demo would record its examples among them. Use an empty database, or unset DATABASE_URL.'
  })
}

function sayWhere ({ url, firstKey }: Serving, terminal: Terminal): void {
  if (firstKey !== undefined) terminal.say(`The first API key, with every right, shown this once:\n  ${firstKey}`)
  terminal.say(`API ${url}/v1/plans · docs ${url}/docs · Ctrl-C stops`)
}
