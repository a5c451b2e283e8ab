/** Waits for the first of the rows, so that what fails before it is answered as a failure and not as a broken stream. */
export async function begun<Row> (rows: AsyncGenerator<Row>): Promise<AsyncGenerator<Row>> {
  const first = await rows.next()
  return (async function * () {
    if (first.done === true) return
    yield first.value
    yield * rows
  })()
}
