import { pipeline } from 'node:stream/promises'
import { Command, CommanderError, Help } from 'commander'
import { VERSION } from '../version.ts'
import { doctor } from './doctor.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { addExplainCommand } from './explain-command.ts'
import { addExportCommand } from './export-command.ts'
import { failureInWords } from './failure.ts'
import { isStopping } from './interrupt.ts'
import { addImportCommands } from './import-commands.ts'
import { addKeyCommands } from './key-commands.ts'
import { examples } from './options.ts'
import { addOrganizationCommands } from './organization-commands.ts'
import { addReadCommands } from './read-commands.ts'
import { addServeCommands } from './serve-commands.ts'
import { addStalenessCommands } from './staleness-commands.ts'
import { addTargetsCommand } from './targets-command.ts'
import type { Terminal } from './terminal.ts'

const EXIT_CODES = `
Exit codes:
  0 ok · 1 usage · 2 invalid data · 3 findings with errors · 4 not found or ambiguous
  5 no right · 6 conflict · 7 unavailable · 130 cut short by Ctrl-C (143: by SIGTERM, 129: SIGHUP)`

/** Runs one command line and ends the process with its code once everything is closed. */
export async function run ({ argv, env, stdout, stderr }: Pick<NodeJS.Process, 'argv' | 'env' | 'stdout' | 'stderr'>): Promise<void> {
  // Whoever reads our output may stop early (`| head`). Ending here would leave the embedded database running.
  for (const stream of [stdout, stderr]) stream.on('error', () => {})
  const terminal: Terminal = {
    out: text => { stdout.write(`${text}\n`) },
    pipe: async bytes => await pipeline(bytes, stdout, { end: false }).catch(error => { if (error?.code !== 'EPIPE') throw error }),
    say: text => { stderr.write(`${text}\n`) },
    ...(stderr.isTTY && { rewrite: (line: string) => { stderr.write(`\r\u001b[K${line}`) } }),
    endWith: code => { process.exitCode = code },
    forPeople: stdout.isTTY,
    jsonAsked: false,
    language: /^vi/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'vi' : 'en',
    styled: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
    ...(stdout.isTTY && stdout.columns > 0 && { columns: stdout.columns }),
    env
  }
  try {
    await programFor(terminal).parseAsync(argv)
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage
    } else if (!isStopping()) {
      terminal.say(failureInWords(error, terminal))
      process.exitCode = exitCodeOf(error)
    }
  }
}

function programFor (terminal: Terminal): Command {
  const program = new Command('thac')
    .description('Records government plans, checks that each cites its parent and inherits its targets, and shows lineage.')
    .version(VERSION)
    .option('--json', 'JSON on stdout; the default when stdout is no terminal')
    .option('--table', 'tables and trees for people, also when stdout is no terminal')
    .option('--lang <language>', 'vi or en; the default follows the locale')
    .configureHelp({ optionDescription: option => new Help().optionDescription(option) + (option.mandatory ? ' (required)' : '') })
    .configureOutput({ writeErr: text => terminal.say(text.trimEnd()) })
    .exitOverride()
    .showHelpAfterError('(thac --help lists the commands and options)')
    .addHelpText('after', EXIT_CODES + '\n' + examples(
      'thac demo', 'thac lineage 55/KH-SVHTTDL Thái Bình', 'thac findings Bù Gia Mập --lang vi', 'thac show 666/QĐ-TTg --json | jq .targets'))
    .hook('preAction', (_, command) => obey(command, terminal))
  addServeCommands(program, terminal)
  addReadCommands(program, terminal)
  addStalenessCommands(program, terminal)
  addExplainCommand(program, terminal)
  addTargetsCommand(program, terminal)
  addExportCommand(program, terminal)
  addOrganizationCommands(program, terminal)
  addImportCommands(program, terminal)
  addKeyCommands(program, terminal)
  program.command('doctor').description('say what is wrong with this installation and how to mend it').action(async () => await doctor(terminal))
  return program
}

function obey (command: Command, terminal: Terminal): void {
  const { json = false, table = false, lang } = command.optsWithGlobals<{ json?: boolean, table?: boolean, lang?: string }>()
  if (json && table) command.error('error: --json and --table exclude each other')
  if (lang !== undefined && lang !== 'vi' && lang !== 'en') return command.error(`error: there is no language ${lang}; use vi or en`)
  terminal.jsonAsked = json
  if (json) terminal.forPeople = false
  if (table) terminal.forPeople = true
  if (lang !== undefined) terminal.language = lang
}
