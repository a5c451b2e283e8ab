import { stopCluster } from './cluster.ts'

await stopCluster(process.ppid)
