import { type Command, InvalidArgumentError } from 'commander'
import { isPartialDate } from '../domain/partial-date.ts'
import type { Db } from '../db/connect.ts'
import { findIssuers } from '../organizations/issuer.operations.ts'
import { describeOrganization, successionOf } from '../organizations/organization.operations.ts'
import { toSummary } from '../organizations/organization-reply.ts'
import type { OrganizationSummary } from '../organizations/organization.schemas.ts'
import { loadReference } from '../organizations/reference.operations.ts'
import { today } from '../organizations/today.ts'
import { linkIssuers } from '../plans/link-issuers.operations.ts'
import { Problem } from '../problem.ts'
import { EXIT } from './exit-codes.ts'
import { withDatabase } from './open.ts'
import { organizationCard, organizationLine, successionList } from './organization-card.ts'
import { examples } from './options.ts'
import { hint, show, type Terminal, table } from './terminal.ts'

const ORGANIZATION = 'its id, or its name with the place, as documents print it'

export function addOrganizationCommands (program: Command, terminal: Terminal): void {
  const organizations = program.command('organizations').description('who issues plans, and when: load, look up, follow mergers')

  organizations.command('load').description('load the reference data that comes with this version; again changes nothing')
    .addHelpText('after', examples('thac organizations load'))
    .action(async () => await withDatabase(terminal, async ({ db }) => {
      const loaded = await loadReference(db, message => terminal.say(message), { by: 'cli' })
      const { linked, doubled } = await linkIssuers(db)
      show(terminal, { ...loaded, linked, doubled }, () => [
        loaded.loaded
          ? `${loaded.version}: ${loaded.organizations} organizations, ${loaded.successions} successions new or different.`
          : `${loaded.version} is loaded already.`,
        `${linked} plans now know the organization that issued them.`,
        ...(doubled > 0 ? [`${doubled} plans look as if they were recorded twice, under two names of one issuer; they are left as they are.`] : [])
      ].join('\n'))
    }))

  organizations.command('show').description('one organization: its days, superiors, codes, and what became of it')
    .argument('<organization...>', ORGANIZATION)
    .option('--as-of <date>', 'as things were on that day: 2022, 2022-09 or 2022-09-07', partialDateOption)
    .addHelpText('after', examples(
      'thac organizations show UBND tỉnh Thái Bình', 'thac organizations show ubnd-tinh-hung-yen-2025 --json',
      'thac organizations show UBND tỉnh Hưng Yên --as-of 2022-09-07'))
    .action(async (words: string[], { asOf }: { asOf?: string }) => await withDatabase(terminal, async ({ db }) => {
      const id = await oneOrganization(db, words.join(' '), asOf, terminal)
      if (id === undefined) return
      const organization = await describeOrganization(db, id, asOf ?? today())
      show(terminal, organization, () => organizationCard(organization, terminal))
    }))

  organizations.command('succession').description('what an organization came from, and what it became')
    .argument('<organization...>', ORGANIZATION)
    .option('--as-of <date>', 'a day on which it had this name', partialDateOption)
    .addHelpText('after', examples('thac organizations succession UBND tỉnh Thái Bình', 'thac organizations succession bo-noi-vu-2025 --json | jq .successions'))
    .action(async (words: string[], { asOf }: { asOf?: string }) => await withDatabase(terminal, async ({ db }) => {
      const id = await oneOrganization(db, words.join(' '), asOf, terminal)
      if (id === undefined) return
      const succession = await successionOf(db, id, 'both')
      show(terminal, succession, () => successionList(succession, terminal))
    }))
}

function partialDateOption (text: string): string {
  if (!isPartialDate(text)) throw new InvalidArgumentError('Must be a date such as 2022, 2022-09 or 2022-09-07.')
  return text
}

/** The one that is meant. Of several, shows which and ends with 4; throws when there is none. */
async function oneOrganization (db: Db, text: string, date: string | undefined, terminal: Terminal): Promise<string | undefined> {
  // No name is written like an id: hyphens without a single space.
  if (/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(text)) return text
  const [reading] = await findIssuers(db, [{ name: text, ...(date !== undefined && { date }) }])
  const { organization, outcome, candidates, reason } = reading!
  if (outcome === 'none') throw new Problem('organization-not-found', reason)
  if (organization !== undefined) return organization.id
  const several: OrganizationSummary[] = candidates.map(candidate => toSummary(candidate.organization))
  show(terminal, several, () => table(terminal, several.map(each => organizationLine(each, terminal))))
  hint(terminal, {
    vi: `${reason.vi} Hoặc dùng mã, hay thêm --as-of.`,
    en: `${reason.en} Or use the id, or add --as-of.`
  })
  terminal.endWith(EXIT.notFoundOrAmbiguous)
  return undefined
}
