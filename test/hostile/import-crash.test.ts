import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { receiveUpload } from '../../src/imports/receive-upload.operations.ts'
import { findImport } from '../../src/imports/import.queries.ts'
import { testDatabase } from '../helpers/database.ts'
import { programModule } from '../helpers/program.ts'
import { KILLS, ROWS, SEED, checkWhole, upload, watchImport } from './import-campaign.ts'
import { Chance } from './random.ts'

t.setTimeout(900_000)

async function startNode (url: string): Promise<ChildProcess> {
  const { path, execArgv } = await programModule('imports/import-work')
  const node = spawn(process.execPath, [...execArgv, join(import.meta.dirname, 'import-node.mjs'), url, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => node.kill('SIGKILL'))
  await once(node.stdout!, 'data')
  return node
}

for (const atomic of [true, false]) {
  t.test(`an ${atomic ? 'atomic import' : 'import row by row'} whose node is killed ${KILLS} times is done in the end: nothing lost, nothing twice, nothing half visible (seed ${SEED})`, { timeout: 60_000 + KILLS * 30_000 }, async t => {
    const { db, url } = await testDatabase(t)
    const chance = new Chance(SEED)
    const body = upload()
    const { id } = await receiveUpload(db, { by: 'test', mayWaive: true, parameters: { mode: 'commit', atomic, strategy: 'create', asIssued: false } },
      (async function * () { yield { format: 'ndjson' as const, bytes: (async function * () { yield body })() } })(), { mostBytes: 1e9, keepDays: 1 })

    const watch = watchImport(t, db, atomic)
    const other = await startNode(url)
    const moments: number[] = []
    while (moments.length < KILLS && (await findImport(db, id))!.state !== 'done') {
      const node = await startNode(url)
      moments.push(chance.below(2_700))
      await sleep(moments.at(-1))
      node.kill('SIGKILL')
      if (moments.length === 1) other.kill('SIGKILL')
    }
    const last = await startNode(url)
    let job = (await findImport(db, id))!
    for (; job.state !== 'done' && job.state !== 'failed'; await sleep(50)) job = (await findImport(db, id))!
    const gone = once(last, 'exit')
    last.kill('SIGKILL')
    await gone

    t.strictSame(await watch.end(), [], 'nothing was half visible')
    t.match(job, { state: 'done', stored: true, created: ROWS, refused: 0, unchanged: 0 }, JSON.stringify(job))
    await checkWhole(t, db)
    t.comment(`killed after ${moments.join(', ')} ms, ${job.run} runs`)
  })
}
