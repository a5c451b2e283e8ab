import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { programModule } from '../helpers/program.ts'

const CLI = await programModule('cli')

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** The real program, in an environment of its own; told to stop when it takes a minute. */
export function start (args: string[], env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, [...CLI.execArgv, CLI.path, ...args], { env: { PATH, HOME, LANG: 'C.UTF-8', ...env }, timeout: 60_000 })
}

export async function thac (args: string[], env: Record<string, string>): Promise<Ended> {
  return await ended(start(args, env))
}

export async function ended (child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name]!.setEncoding('utf8').on('data', text => { texts[name] += text })
  const [code] = await once(child, 'close') as [number | null]
  return { code, ...texts }
}
