// A node that does nothing but imports, and is soon given up by the others when it dies. It is given the module that works on
// them, compiled or not, and is JavaScript itself so that the compiled one needs nothing else.

const [, , url, module] = process.argv
const { workOnImports } = await import(module)
workOnImports(url, error => { console.error(error) }, { leaseMs: 2_000, lookMs: 100 })
console.log('working')
