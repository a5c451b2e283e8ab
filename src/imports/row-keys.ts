import type { Citation, Relation } from '../domain/citation.ts'
import { type Code, readCode } from '../domain/code/code.ts'
import { EFFECT_RELATIONS } from '../domain/effect/effect.ts'
import { type Issuer, isRelativeName, issuerKey, issuerOfSymbol, readIssuer } from '../domain/issuer/issuer.ts'
import { yearOf } from '../domain/partial-date.ts'
import type { Plan } from '../domain/plan.ts'
import { remembered } from '../domain/remembered.ts'
import { fold } from '../domain/text.ts'
import type { RowKeys } from './row-order.ts'

/** What of a row tells which plan it is and which it needs; it may break every rule of a plan's body. */
export type KeyedRow = Partial<Pick<Plan, 'id' | 'code' | 'title' | 'issuer' | 'issuedOn'>> & { citations?: Citation[] }

/** Relations that need the cited plan to be there first: to be judged against it, or to change it. */
const NEEDS: ReadonlySet<Relation> = new Set<Relation>(['implements', ...EFFECT_RELATIONS])

/**
 * The keys of rows, for their order alone: what a citation names is decided when its row is recorded. Here a key too few
 * costs a child its parent's place before it, and a key too many costs nothing.
 */
export function rowKeysReader (): (row: KeyedRow) => RowKeys {
  const codeOf = remembered((printed): Pick<Code, 'canonical' | 'year' | 'issuerSymbol'> =>
    readCode(printed).code ?? { canonical: fold(printed), issuerSymbol: '' })
  const keyOfIssuer = remembered(name => isRelativeName(name) ? undefined : issuerKey(name))
  const bodyOf = remembered((name): Issuer | undefined => readIssuer(name))
  const relativeBodies = remembered(pair => {
    const [name = '', citing = ''] = pair.split('\u0000')
    const body = readIssuer(name, bodyOf(citing))
    return body === undefined ? undefined : keyOfIssuer(body.name)
  })

  function named ({ code, title, issuer, issuedOn }: Omit<KeyedRow, 'id' | 'citations'>, citing?: string): Pick<RowKeys, 'exact' | 'code'> {
    const read = code === undefined ? undefined : codeOf(code)
    const number = read?.canonical ?? (title === undefined ? undefined : `title:${fold(title)}`)
    if (number === undefined) return {}
    const year = read?.year ?? (issuedOn === undefined ? undefined : yearOf(issuedOn))
    const written = issuer ?? (read === undefined ? undefined : issuerOfSymbol(read.issuerSymbol))
    const body = written === undefined
      ? undefined
      : keyOfIssuer(written) ?? (citing === undefined ? undefined : relativeBodies(`${written}\u0000${citing}`))
    return { code: number, ...(year !== undefined && body !== undefined && { exact: `${number}|${year}|${body}` }) }
  }

  return ({ id, citations = [], ...plan }) => ({
    ...named(plan),
    ...(id !== undefined && { id }),
    wants: citations.filter(({ relation }) => NEEDS.has(relation)).map(citation => ({
      ...named(citation, plan.issuer),
      ...(citation.planId !== undefined && { id: citation.planId })
    }))
  })
}
