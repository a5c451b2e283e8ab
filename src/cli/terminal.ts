import type { Message } from '../domain/message.ts'

export type Language = keyof Message

export interface Terminal {
  /** Data, and nothing else. */
  out: (text: string) => void
  /** Data as it is, at the pace of whoever reads it. A reader who stops early is no failure. */
  pipe: (bytes: AsyncIterable<Uint8Array>) => Promise<void>
  /** Talk: progress, hints, failures. */
  say: (text: string) => void
  /** Shows a line of talk in place of the one before, such as a bar of progress; absent: stderr is no terminal. */
  rewrite?: (line: string) => void
  /** The code the process ends with unless something fails; see exit-codes.ts. */
  endWith: (code: number) => void
  /** `true`: a person reads stdout; otherwise a program does and gets JSON. */
  forPeople: boolean
  /** `--json` was given; piping alone gives JSON as well. */
  jsonAsked: boolean
  language: Language
  /** ANSI styles where they help and are wanted (NO_COLOR). Talk has none. */
  styled: boolean
  /** Cells in a line of stdout. Absent: lines are not broken. */
  columns?: number
  /** The environment the command was started in. */
  env: Record<string, string | undefined>
}

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

type Style = keyof typeof STYLES

/** A piece of a line, with its style. Pieces are set apart by a space. */
export type Span = string | readonly [style: Style, text: string]

/** Narrower than this, broken lines are harder to read than long ones. */
const FEWEST_COLUMNS = 24

export const style = (terminal: Pick<Terminal, 'styled'>, name: Style, text: string): string =>
  terminal.styled ? `\u001b[${STYLES[name]}m${text}\u001b[0m` : text

/** JSON for programs, `words` for people. */
export function show (terminal: Terminal, value: unknown, words: () => string): void {
  terminal.out(terminal.forPeople ? words() : JSON.stringify(value, undefined, 2))
}

/** Talk that only a person wants, such as counts and what to do next. */
export function hint (terminal: Terminal, message: Message): void {
  if (terminal.forPeople) terminal.say(message[terminal.language])
}

interface Word {
  style: Style | undefined
  text: string
}

/**
 * Spans as lines no wider than the terminal, broken at spaces; a longer word stays whole. The first line begins with
 * `first`, the others with `rest`. No style runs over the end of a line.
 */
export function layout (terminal: Pick<Terminal, 'styled' | 'columns'>, spans: Span[], first = '', rest = first): string[] {
  const words = spans.flatMap((span): Word[] => {
    const [style, text] = typeof span === 'string' ? [undefined, span] : span
    return text.split(' ').map(word => ({ style, text: word }))
  })
  const room = (prefix: string) => terminal.columns === undefined ? Infinity : Math.max(FEWEST_COLUMNS, terminal.columns - width(prefix))
  const lines: Word[][] = [[]]
  let used = 0
  for (const word of words) {
    const cells = width(word.text)
    if (lines.at(-1)!.length > 0 && used + 1 + cells > room(lines.length === 1 ? first : rest)) {
      lines.push([])
      used = 0
    }
    used += (lines.at(-1)!.length > 0 ? 1 : 0) + cells
    lines.at(-1)!.push(word)
  }
  return lines.map((line, index) => ((index === 0 ? first : rest) + printed(terminal, line)).trimEnd())
}

/** Neighbours of one style share its codes. */
function printed (terminal: Pick<Terminal, 'styled'>, words: Word[]): string {
  const runs = words.reduce<Word[]>((done, word) => {
    const before = done.at(-1)
    return before !== undefined && before.style === word.style
      ? [...done.slice(0, -1), { ...before, text: `${before.text} ${word.text}` }]
      : [...done, word]
  }, [])
  return runs.map(run => run.style === undefined ? run.text : style(terminal, run.style, run.text)).join(' ')
}

/** A heading with its lines below an empty one; without lines nothing at all. */
export const section = (title: string, lines: string[]): string[] => lines.length === 0 ? [] : ['', title, ...lines]

/** Columns as wide as their widest cell; the last one takes what is left of the line and is broken there. */
export function table (terminal: Pick<Terminal, 'styled' | 'columns'>, rows: Span[][]): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, column) => Math.max(most[column] ?? 0, width(textOf(cell)))), [])
  return rows.flatMap(row => {
    const last = row.at(-1) ?? ''
    const before = row.slice(0, -1)
    const first = before.map((cell, column) => styledCell(terminal, cell) + ' '.repeat(widths[column]! - width(textOf(cell))) + '  ').join('')
    const indent = widths.slice(0, before.length).reduce((sum, cells) => sum + cells + 2, 0)
    // The prefix of the first line holds styles, which take no cells.
    const [head, ...more] = layout(terminal, [last], ' '.repeat(indent))
    return [(first + head!.slice(indent)).trimEnd(), ...more]
  }).join('\n')
}

const textOf = (span: Span) => typeof span === 'string' ? span : span[1]

const styledCell = (terminal: Pick<Terminal, 'styled'>, span: Span) => typeof span === 'string' ? span : style(terminal, ...span)

const letters = new Intl.Segmenter('vi')

/** Cells as a terminal shows them: one for each letter with its marks. */
export const width = (text: string): number => [...letters.segment(text)].length
