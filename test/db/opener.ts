import { openDatabase } from '../../src/db/open.ts'

// Another process that opens the database it is told to, says what it is told, and closes it when asked. It ends with
// the test, even one that failed.
process.once('disconnect', () => process.exit())
process.once('message', async (config: Parameters<typeof openDatabase>[0]) => {
  try {
    const database = await openDatabase(config, said => process.send!({ said }))
    process.send!({ url: database.url })
    process.once('message', async () => {
      await database.close()
      process.disconnect()
    })
  } catch (error) {
    process.send!({ error: (error as Error).message })
    process.disconnect()
  }
})
process.send!({ up: true })
