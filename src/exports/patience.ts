/** Hands the pieces on, and gives up on a reader who takes longer than `waitMs` to ask for the next one. */
export async function * withPatience<Piece> (pieces: AsyncIterable<Piece>, waitMs: number, giveUp: () => void): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    const timer = setTimeout(giveUp, waitMs)
    try {
      yield piece
    } finally {
      clearTimeout(timer)
    }
  }
}
