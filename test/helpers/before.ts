import { startCluster } from './cluster.ts'
import { buildProgram } from './program.ts'

// tap runs this file before the tests, as a child of the process whose children the tests are.
await Promise.all([startCluster(process.ppid), buildProgram(process.ppid)])
