import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, compile } from './compile.ts'

// npm run bench: the compiled program is measured, because that is what ships.

const directory = join(ROOT, '.tap', `bench-${process.pid}`)
// Ctrl-C ends the benchmark, which puts away what it made.
process.on('SIGINT', () => {})

try {
  await compile(directory, { config: 'tsconfig.bench.json' })
  const bench = spawn(process.execPath, [join(directory, 'bench', 'import.js')], { stdio: 'inherit' })
  const [code] = await once(bench, 'exit')
  process.exitCode = code ?? 1
} finally {
  await rm(directory, { recursive: true, force: true })
}
