import neostandard from 'neostandard'

export default [
  ...neostandard({ ts: true, ignores: ['dist', 'migrations', 'node_modules', '.tap', '.data'] }),
  {
    rules: {
      // SQL is written with parameters only; raw text in a query is how injections begin.
      'no-restricted-syntax': ['error', {
        selector: "MemberExpression[object.name='sql'][property.name='raw']",
        message: 'sql.raw puts text into a query; use a parameter or sql.identifier.'
      }]
    }
  }
]
