import { workOnImports } from '../../src/imports/import-work.ts'

// A node that does nothing but imports, and is soon given up by the others when it dies.

const [, , url] = process.argv
workOnImports(url!, error => { console.error(error) }, { leaseMs: 2_000, lookMs: 100 })
console.log('working')
