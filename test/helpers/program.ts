import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROGRAM, ROOT, bundleBeside } from '../../scripts/bundle.ts'
import { findCluster } from './cluster.ts'

/** The program of a run, built as it ships. The keeper of the run's database removes it, whatever ends the run. */
export const programOf = (user: number): string => join(ROOT, '.tap', `program-${user}`)

/** With what tests of imports start by itself. */
export const buildProgram = async (user: number): Promise<string> => await bundleBeside({ ...PROGRAM, 'imports/import-work': 'src/imports/import-work.ts' }, programOf(user))

/**
 * A module of src, named without its extension, to be run in a process of its own with these arguments of node: as it is built,
 * which loads in half of the time, or in a file that runs alone, for which nobody builds, the source.
 */
export async function programModule (name: string): Promise<{ path: string, execArgv: string[] }> {
  const built = join(programOf(process.ppid), 'dist')
  const isBuilt = existsSync(built) && await findCluster(process.ppid) !== undefined
  return isBuilt ? { path: join(built, `${name}.js`), execArgv: [] } : { path: join(ROOT, 'src', `${name}.ts`), execArgv: ['--import=tsx'] }
}
