import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { openApiText } from './openapi.ts'

await writeFile(resolve(import.meta.dirname, '..', 'openapi', 'openapi.json'), await openApiText())
