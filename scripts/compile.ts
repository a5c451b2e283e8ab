import { execFile } from 'node:child_process'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const ROOT = resolve(import.meta.dirname, '..')

/** What the compiled program finds two directories above its own. */
const BESIDE = ['package.json', 'migrations', 'examples', 'reference']

/** Compiles what the tsconfig includes into `directory`, under `below`, as it ships. Types are for `npm run types` to check: without them it takes a third of the time. */
export async function compile (directory: string, { config, below = '' }: { config: string, below?: string }): Promise<void> {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  for (const name of BESIDE) await symlink(join(ROOT, name), join(directory, name))
  const tsc = fileURLToPath(import.meta.resolve('typescript/bin/tsc'))
  await promisify(execFile)(process.execPath, [tsc, '-p', join(ROOT, config), '--noCheck', '--outDir', join(directory, below)])
}
