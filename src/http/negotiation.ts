import type { Message } from '../domain/message.ts'

export type Language = keyof Message

/** Vietnamese unless the caller prefers English: most callers are clerks' systems that send no Accept-Language. */
export const languageOf = (acceptLanguage: string | undefined): Language =>
  preferred(acceptLanguage, ['vi', 'en'], (range, offered) => range === '*' || range.split('-')[0] === offered) ?? 'vi'

/** The media type the caller likes best; the first one offered when it names none, undefined when it takes none. */
export const mediaTypeOf = <Type extends string>(accept: string | undefined, offered: readonly Type[]): Type | undefined =>
  preferred(accept, offered, (range, type) => range === '*/*' || range === type || range === type.split('/')[0] + '/*')

function preferred<Offer extends string> (header: string | undefined, offered: readonly Offer[], matches: (range: string, offer: Offer) => boolean): Offer | undefined {
  if (header === undefined || header.trim() === '') return offered[0]
  const ranges = header.split(',').map(part => {
    const [range = '', ...parameters] = part.split(';').map(text => text.trim().toLowerCase())
    const weight = parameters.find(parameter => parameter.startsWith('q='))
    return { range, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 }
  })
  // The most specific range decides about an offer (RFC 9110, 12.5.1): `text/html;q=0, */*` takes all but HTML.
  const weightOf = (offer: Offer) => ranges
    .filter(({ range }) => matches(range, offer))
    .sort((a, b) => Number(a.range.includes('*')) - Number(b.range.includes('*')) || b.range.length - a.range.length)
    .at(0)?.weight ?? 0
  const best = offered.reduce((best, offer) => weightOf(offer) > weightOf(best) ? offer : best)
  return weightOf(best) > 0 ? best : undefined
}
