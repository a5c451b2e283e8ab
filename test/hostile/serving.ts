import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { programModule } from '../helpers/program.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** A service in a process of its own, as `thac serve` starts it; ready when it says where it is. */
export async function serving (databaseUrl: string): Promise<{ child: ChildProcess, base: string }> {
  const { path, execArgv } = await programModule('cli')
  const child = spawn(process.execPath, [...execArgv, path, 'serve'], {
    cwd: ROOT, env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, PORT: '0', LOG_LEVEL: 'silent' }, stdio: ['ignore', 'ignore', 'pipe']
  })
  const said: string[] = []
  for await (const line of createInterface(child.stderr!)) {
    said.push(line)
    const [base] = /http:\/\/[^/ ]+/.exec(line) ?? []
    if (base !== undefined) {
      child.stderr!.resume()
      return { child, base }
    }
  }
  throw new Error(`The service did not start: ${said.join('\n')}`)
}
