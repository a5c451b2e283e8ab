import { join } from 'node:path'
import { PROGRAM, ROOT, bundle } from './bundle.ts'

await bundle(PROGRAM, join(ROOT, 'dist'))
