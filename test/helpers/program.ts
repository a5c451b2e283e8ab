import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, compile } from '../../scripts/compile.ts'
import { findCluster } from './cluster.ts'

/** The program of a run, compiled as it ships. The keeper of the run's database removes it, whatever ends the run. */
export const programOf = (user: number): string => join(ROOT, '.tap', `program-${user}`)

export const compileProgram = async (user: number): Promise<void> =>
  await compile(programOf(user), { config: 'tsconfig.build.json', below: 'dist' })

/**
 * A module of src, named without its extension, to be run in a process of its own with these arguments of node: the compiled one,
 * which loads in half of the time, or in a file that runs alone, for which nobody compiles, the source.
 */
export async function programModule (name: string): Promise<{ path: string, execArgv: string[] }> {
  const compiled = join(programOf(process.ppid), 'dist')
  const isCompiled = existsSync(compiled) && await findCluster(process.ppid) !== undefined
  return isCompiled ? { path: join(compiled, `${name}.js`), execArgv: [] } : { path: join(ROOT, 'src', `${name}.ts`), execArgv: ['--import=tsx'] }
}
