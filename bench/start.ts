import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '../src/db/embedded.ts'

// How long a command and the first demo take to start, against what they cannot do without: Node.js, and a bare database.

const ROUNDS = 5
const CLI = join(import.meta.dirname, 'cli.js')

const version = await median(async () => await once(spawn(process.execPath, [CLI, '--version'], { stdio: 'ignore' }), 'exit'))
const node = await median(async () => await once(spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' }), 'exit'))
console.log(`start of a command: ${seconds(version)}, of Node.js alone ${seconds(node)}; ratio ${(version / node).toFixed(1)}`)

const demo = await median(async directory => await ready(start('demo', directory)), stop)
const database = await median(async directory => await openEmbedded({ dataDirectory: directory, say: () => {} }), async opened => await opened.leave())
console.log(`first demo: ready after ${seconds(demo)}, a new database alone after ${seconds(database)}; ratio ${(demo / database).toFixed(1)}`)

function start (command: string, directory: string): ChildProcess {
  return spawn(process.execPath, [CLI, command], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', PORT: '0', THAC_DATA_DIR: directory } })
}

async function ready (child: ChildProcess): Promise<ChildProcess> {
  let said = ''
  for await (const text of child.stderr!.setEncoding('utf8')) {
    said += text
    if (said.includes('Ctrl-C stops')) return child
  }
  throw new Error(said)
}

async function stop (child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** The median of the milliseconds that `work` takes in a new directory; what comes after it is not counted. */
async function median<T> (work: (directory: string) => Promise<T>, after: (result: T) => Promise<void> = async () => {}): Promise<number> {
  const each: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const directory = await mkdtemp(join(tmpdir(), 'thac-start-'))
    const began = performance.now()
    const result = await work(directory)
    each.push(performance.now() - began)
    await after(result)
    await rm(directory, { recursive: true })
  }
  return each.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
}

function seconds (ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
