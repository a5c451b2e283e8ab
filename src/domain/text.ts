import { remembered } from './remembered.ts'

/** One spelling per string: NFC, white space collapsed and trimmed. Nothing that a reader sees is changed. */
export const tidy = (text: string): string =>
  text.normalize('NFC').replace(/\s+/gu, ' ').trim()

// Letters of other alphabets that look like Latin capitals: they come out of scans and of keyboards left in another layout.
const LOOKALIKES = new Map(zip('АВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧÐƉ', 'ABESIJKMHOPCTYXABEZHIKMNOPTYXĐĐ')
  .flatMap(([foreign, latin]) => [[foreign, latin], [foreign.toLowerCase(), latin.toLowerCase()]] as const))

function zip (left: string, right: string): [string, string][] {
  const rights = [...right]
  return [...left].map((letter, index) => [letter, rights[index] ?? letter])
}

/** Letters that only look Latin become the Latin ones, and Ð (eth) becomes Đ. Case is kept. */
export const latinized = (text: string): string =>
  text.replace(/[\p{Script=Cyrillic}\p{Script=Greek}ÐðƉɖ]/gu, letter => LOOKALIKES.get(letter) ?? letter)

/** Invisible characters (zero-width spaces and joiners, soft hyphens, direction marks) that copying leaves in a text. */
export const withoutInvisible = (text: string): string => text.replace(/\p{Cf}/gu, '')

/**
 * The key under which two spellings of one name meet: no diacritics, no case, no punctuation. Where a tone mark stands
 * (Hoà, Hòa), which dash is used and whether đ was typed as ð do not matter. For comparing, never for showing.
 */
export const fold = remembered((text: string): string =>
  latinized(withoutInvisible(text).normalize('NFKD').toLowerCase().normalize('NFKD'))
    .replace(/\p{M}/gu, '')
    .replace(/đ/gu, 'd')
    .replace(/ς/gu, 'σ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .normalize('NFC'))

// Grave, acute, tilde, hook above, dot below: the tones. The other marks belong to their letters (ă, â, ê, ô, ơ, ư).
const TONE = /[\u0300\u0301\u0303\u0309\u0323]/gu

/**
 * The key of a place's name where places differ by their diacritics alone (Tân Thành, Tân Thạnh): as `fold`, but letters
 * and tones count. Only where in the word a tone mark stands does not, nor Đắk for Đăk.
 */
export const spellingKey = remembered((name: string): string =>
  latinized(withoutInvisible(name).normalize('NFC').toLowerCase())
    .normalize('NFD')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .replace(/[^ ]+/gu, word => word.replace(TONE, '') + (word.match(TONE) ?? []).join(''))
    .normalize('NFC')
    .replace(/(?<![^ ])đăḱ(?![^ ])/gu, 'đăk'))
