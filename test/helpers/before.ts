import { startCluster } from './cluster.ts'

// tap runs this file before the tests, as a child of the process whose children the tests are.
await startCluster(process.ppid)
