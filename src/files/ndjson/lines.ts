import { FileProblem } from '../file-problem.ts'

export interface Line {
  text: string
  /** From 1. */
  number: number
  /** False for the last one of a file that does not end in a line break. */
  ended: boolean
}

/**
 * The lines of a text that are not blank, whether they end in LF, CRLF or CR. A line of more than `mostBytes` ends the reading before it is
 * held whole.
 */
export async function * linesOf (pieces: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Line> {
  let number = 1
  let rest = ''
  let afterReturn = false

  for await (const piece of pieces) {
    let text = piece.toString('utf8')
    // A CRLF that two pieces share is one line break.
    if (afterReturn && text.startsWith('\n')) text = text.slice(1)
    if (text === '') continue
    afterReturn = text.endsWith('\r')
    const [first, ...others] = (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).split('\n')
    rest += first
    for (const other of others) {
      if (rest !== '' && rest.trim() !== '') yield checked({ text: rest, number, ended: true })
      rest = other
      number++
    }
    if (rest.length > mostBytes) throw tooLong(number)
  }
  if (rest.trim() !== '') yield checked({ text: rest, number, ended: false })

  function checked (line: Line): Line {
    // No character takes more than three bytes a UTF-16 unit.
    if (line.text.length > mostBytes / 3 && Buffer.byteLength(line.text) > mostBytes) throw tooLong(line.number)
    return line
  }

  function tooLong (line: number): FileProblem {
    return new FileProblem('file-over-limit', { line }, {
      vi: `dòng dài hơn ${mostBytes} byte, là giới hạn của một văn bản. Mỗi văn bản phải nằm trên một dòng riêng.`,
      en: `the line is longer than ${mostBytes} bytes, the limit of one plan. Each plan stands on a line of its own.`
    })
  }
}
