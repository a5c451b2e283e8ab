import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findCluster } from './cluster.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')

/** What the compiled program finds beside the directory it is in. */
const BESIDE = ['package.json', 'migrations', 'examples', 'reference']

/** The program of a run, compiled as it ships. The keeper of the run's database removes it, whatever ends the run. */
export const programOf = (user: number): string => join(ROOT, '.tap', `program-${user}`)

/** Types are for `npm run types` to check: without them it takes a third of the time. */
export async function compileProgram (user: number): Promise<void> {
  const directory = programOf(user)
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  for (const name of BESIDE) await symlink(join(ROOT, name), join(directory, name))
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
  await promisify(execFile)(process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.build.json'), '--noCheck', '--outDir', join(directory, 'dist')])
}

/**
 * A module of src, named without its extension, to be run in a process of its own with these arguments of node: the compiled one,
 * which loads in half of the time, or in a file that runs alone, for which nobody compiles, the source.
 */
export async function programModule (name: string): Promise<{ path: string, execArgv: string[] }> {
  const compiled = join(programOf(process.ppid), 'dist')
  const isCompiled = existsSync(compiled) && await findCluster(process.ppid) !== undefined
  return isCompiled ? { path: join(compiled, `${name}.js`), execArgv: [] } : { path: join(ROOT, 'src', `${name}.ts`), execArgv: ['--import=tsx'] }
}
