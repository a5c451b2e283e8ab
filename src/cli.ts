#!/usr/bin/env node
import { faultOfNode } from './cli/node-version.ts'

// Everything else is loaded after the check, because an old Node already fails at loading it.
const fault = faultOfNode(process.versions.node)
if (fault === undefined) {
  const { run } = await import('./cli/program.ts')
  await run(process)
} else {
  console.error(fault)
  process.exitCode = 7
}
