import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openEmbedded } from '../../src/db/embedded.ts'
import { isAlive } from '../../src/db/embedded-cluster.ts'
import { migrate } from '../../src/db/migrate.ts'
import { noteOf } from './cluster.ts'
import { programOf } from './program.ts'

// Keeps the server of a test run for as long as the process lives for which it was started, whatever ends that
// process. Started by cluster.ts, with the number of that process.

const user = Number(process.argv[2])
const note = noteOf(user)
const given = process.env['TEST_DATABASE_URL']
const directory = await mkdtemp(join(tmpdir(), 'thac-test-'))

// What a crash may lose, no test needs: no waiting for the disk.
const embedded = given === undefined
  ? await openEmbedded({
    dataDirectory: directory,
    say: () => {},
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
  })
  : undefined
const admin = new URL(given ?? embedded!.url)
const template = `thac_template_${process.pid}`

async function query (text: string) {
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  await client.query(text).finally(() => client.end())
}

await query(`create database ${template} template template0`)
await migrate(new URL(template, admin).href)

const ended = new Promise(resolve => {
  process.once('SIGTERM', resolve)
  setInterval(() => { if (!isAlive(user)) resolve(undefined) }, 300)
})
await writeFile(`${note}.new`, JSON.stringify({ keeper: process.pid, admin: admin.href, template }), { mode: 0o600 })
await rename(`${note}.new`, note)
process.disconnect?.()

await ended
await query(`drop database ${template}`)
await embedded?.leave()
await rm(directory, { recursive: true })
await rm(programOf(user), { recursive: true, force: true })
await rm(note)
process.exit()
