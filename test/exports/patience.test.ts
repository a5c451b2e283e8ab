import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { withPatience } from '../../src/exports/patience.ts'

async function * pieces () {
  yield 1
  yield 2
}

t.test('a reader who asks in time gets everything, and nobody gives up on it', async t => {
  let gaveUp = false
  const read: number[] = []
  for await (const piece of withPatience(pieces(), 20, () => { gaveUp = true })) read.push(piece)
  await sleep(40)
  t.strictSame([read, gaveUp], [[1, 2], false])
})

t.test('a reader who asks for nothing more is given up on', async t => {
  const reading = withPatience(pieces(), 5, () => { gaveUp = true })
  let gaveUp = false
  await reading.next()
  await sleep(40)
  t.ok(gaveUp)
})

t.test('a reader who leaves is not waited for', async t => {
  let gaveUp = false
  const reading = withPatience(pieces(), 5, () => { gaveUp = true })
  await reading.next()
  await reading.return(undefined)
  await sleep(40)
  t.notOk(gaveUp)
})
