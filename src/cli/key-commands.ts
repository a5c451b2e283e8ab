import type { Command } from 'commander'
import { SCOPES, type Scope } from '../http/scopes.ts'
import { createKey, revokeKey } from '../keys/key.operations.ts'
import { findKeys } from '../keys/key.queries.ts'
import { toReply } from '../keys/key.schemas.ts'
import { withDatabase } from './open.ts'
import { dateOption, examples, listOption } from './options.ts'
import { hint, show, type Terminal, table } from './terminal.ts'

export function addKeyCommands (program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('API keys: issue, list, end')

  keys.command('create').description('issue a key; its secret is shown this once')
    .argument('<name>', 'who or what will use it')
    .requiredOption('--scopes <scopes>', `separated by commas: ${SCOPES.join(', ')}`, listOption(SCOPES))
    .option('--expires <date>', 'its last day, in Vietnam', dateOption)
    .addHelpText('after', examples(
      'thac keys create "Sở Nội vụ" --scopes plans:read,plans:write --expires 2027-12-31', 'KEY=$(thac keys create ci --scopes plans:write | jq -r .key)'))
    .action(async (name: string, { scopes, expires }: { scopes: Scope[], expires?: Date }) => await withDatabase(terminal, async ({ db }) => {
      const { key, issued } = await createKey(db, { name, scopes, ...(expires !== undefined && { expiresAt: expires }) }, 'cli')
      show(terminal, { ...toReply(issued), key }, () => key)
      hint(terminal, {
        vi: 'Hãy cất khóa này ngay: sổ không giữ phần bí mật và không hiện lại.',
        en: 'Keep it now: the register does not hold its secret and cannot show it again.'
      })
    }))

  keys.command('list').description('every key, without its secret')
    .action(async () => await withDatabase(terminal, async ({ db }) => {
      const issued = await findKeys(db)
      if (terminal.forPeople && issued.length === 0) terminal.say('No keys yet. The first start of the service makes one: thac serve')
      else show(terminal, issued.map(toReply), () => table(terminal, issued.map(key => [key.id, key.name, stateOf(key), key.scopes.join(', ')])))
    }))

  keys.command('revoke').description('end a key at once, on every node')
    .argument('<id>', 'the middle part of the key, thac_<id>_<secret>')
    .addHelpText('after', examples('thac keys list', 'thac keys revoke 0123456789abcdef'))
    .action(async (id: string) => await withDatabase(terminal, async ({ db }) => {
      const key = await revokeKey(db, id, 'cli')
      show(terminal, toReply(key), () => `${key.id} is revoked.`)
    }))
}

function stateOf ({ revokedAt, expiresAt }: { revokedAt?: Date, expiresAt?: Date }): string {
  if (revokedAt !== undefined) return `revoked ${revokedAt.toISOString()}`
  if (expiresAt === undefined) return 'good'
  return `${expiresAt.getTime() > Date.now() ? 'until' : 'expired'} ${expiresAt.toISOString()}`
}
