import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PROGRAM, ROOT, bundleBeside } from './bundle.ts'

// npm run bench: the program is measured as it is built, because that is what ships. One benchmark after the other, or the one that is named.

const BENCHMARKS = ['start', 'import']

const directory = join(ROOT, '.tap', `bench-${process.pid}`)
// Ctrl-C ends the benchmark, which puts away what it made.
process.on('SIGINT', () => {})

try {
  const [named, ...more] = process.argv.slice(2)
  if (more.length > 0 || (named !== undefined && !BENCHMARKS.includes(named))) throw new Error(`Name one of ${BENCHMARKS.join(', ')}, or none for all.`)
  const program = await bundleBeside({ ...PROGRAM, ...Object.fromEntries(BENCHMARKS.map(name => [name, `bench/${name}.ts`])) }, directory)
  for (const name of named === undefined ? BENCHMARKS : [named]) {
    const [code] = await once(spawn(process.execPath, [join(program, `${name}.js`)], { stdio: 'inherit' }), 'exit')
    process.exitCode = code ?? 1
    if (code !== 0) break
  }
} finally {
  await rm(directory, { recursive: true, force: true })
}
