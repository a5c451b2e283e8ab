import { mkdir, rm, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

export const ROOT = resolve(import.meta.dirname, '..')

/** Modules that are run, by the name, without extension, of the file that each becomes. */
export type Runnable = Record<string, string>

/** The program: what people start, and what it starts itself. */
export const PROGRAM: Runnable = { cli: 'src/cli.ts', 'imports/import-process': 'src/imports/import-process.ts' }

/** What the program finds beside the directory that it is in. */
const BESIDE = ['package.json', 'migrations', 'examples', 'reference']

/**
 * Puts these modules and what they share into few files, because four hundred cost a third of each start; libraries stay as they are
 * installed. Types are for `npm run types` to check.
 *
 * @param directory is emptied before.
 */
export async function bundle (entryPoints: Runnable, directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true })
  await build({
    absWorkingDir: ROOT,
    entryPoints,
    outdir: directory,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning'
  })
}

/** The same as a package of its own, in `directory/dist`, for a run that goes on while the one of this checkout is built anew. */
export async function bundleBeside (entryPoints: Runnable, directory: string): Promise<string> {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  for (const name of BESIDE) await symlink(join(ROOT, name), join(directory, name))
  const program = join(directory, 'dist')
  await bundle(entryPoints, program)
  return program
}
