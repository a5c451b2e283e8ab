import t from 'tap'

t.test('one thing alone runs the TypeScript of the tests', t => {
  const loaders = process.execArgv.filter(argument => /^--(import|loader|require)=/.test(argument))
  // tap counts which files each process has loaded; that changes none of them.
  const running = loaders.filter(loader => !loader.includes('@tapjs/processinfo'))
  t.same(running, ['--import=tsx'], 'tap is built without the plugins that .taprc takes out (tap build, which npm test does)')
  t.end()
})
