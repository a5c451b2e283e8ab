import { core } from 'zod'
import type { Fault } from '../problem.ts'
import { wordsFor } from './fault-words.ts'
import { nearest } from '../text/nearest.ts'
import { pointer } from '../text/pointer.ts'
import { shorten } from '../text/shorten.ts'

export type RequestPart = 'body' | 'querystring' | 'params' | 'headers'

export type Checked = { value: unknown } | { faults: Fault[], total: number }

/** A body of 1 MiB can hold 100,000 faults; nobody reads more than this, and each costs a search for its neighbor. */
const MOST_FAULTS = 100

/** Checks one part of a request against its schema; every fault of the part at once, up to 100. */
export function check (schema: core.$ZodType, part: RequestPart, sent: unknown): Checked {
  // A context would be copied into an object with a shape of its own for each call, which every step of the check then reads.
  const result = core.safeParse(schema, sent)
  return result.success ? { value: result.data } : refused(schema, part, sent)
}

/** What is wrong, once it is sure that something is. */
function refused (schema: core.$ZodType, part: RequestPart, sent: unknown): Checked {
  const shapes = new WeakMap<string[], string[]>()
  const result = core.safeParse(schema, sent, {
    reportInput: true,
    // Only here does zod tell which object an unknown key was found in.
    error: issue => {
      const { inst } = issue
      if (issue.code === 'unrecognized_keys' && inst instanceof core.$ZodObject) {
        shapes.set(issue.keys as string[], Object.keys(inst._zod.def.shape))
      }
      // The words are ours. Without a text from here zod would make its own, of every allowed value for every issue.
      return issue.code
    }
  })
  if (result.success) return { value: result.data }
  const { issues } = result.error
  return {
    faults: issues.slice(0, MOST_FAULTS).flatMap(issue => toFaults(issue, [])).slice(0, MOST_FAULTS),
    total: countOf(issues)
  }

  function toFaults (issue: core.$ZodIssue, above: readonly PropertyKey[]): Fault[] {
    const path = [...above, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, MOST_FAULTS).map(key => {
        const near = nearest(key, shapes.get(issue.keys) ?? [])
        return fault('unknown-name', [...path, key], near, { name: key })
      })
    }
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      return likeliestBranch(issue.errors).flatMap(inner => toFaults(inner, path))
    }
    if (issue.code === 'custom' && isWorded(issue.params)) {
      const { code, vi, en, near } = issue.params
      return [{ at: place(part, path), code, message: { vi, en }, ...(near !== undefined && { near }) }]
    }
    if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return [fault('invalid-name', path)]

    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : undefined
    const allowed = issue.code === 'invalid_value' ? issue.values.map(String) : options
    // A failed discriminator reports the object around it; the value is one step further in.
    const found = options ? memberOf(issue.input, issue.path.at(-1)) : issue.input
    if (found === undefined) return [fault('missing', path, undefined, { allowed })]
    if (part === 'querystring' && path.length === 1 && Array.isArray(found)) return [fault('repeated-parameter', path)]
    if (part === 'querystring' && path.length === 1 && found === null) return [fault('wrong-encoding', path)]
    if (allowed) {
      return [fault('not-among', path, typeof found === 'string' ? nearest(found, allowed) : undefined, { allowed, found })]
    }
    switch (issue.code) {
      case 'invalid_type': return [fault('wrong-type', path, undefined, { expected: issue.expected, found })]
      case 'too_small': return [fault('too-small', path, undefined, { origin: issue.origin, limit: Number(issue.minimum) })]
      case 'too_big': return [fault('too-big', path, undefined, { origin: issue.origin, limit: Number(issue.maximum) })]
      case 'invalid_format': return [fault('wrong-format', path, undefined, { format: issue.format })]
      default: return [fault('invalid', path)]
    }
  }

  function fault (code: Parameters<typeof wordsFor>[0], path: PropertyKey[], near?: string, facts = {}): Fault {
    return { at: place(part, path), code, message: wordsFor(code, { ...facts, near }), ...(near !== undefined && { near }) }
  }
}

function place (part: RequestPart, path: readonly PropertyKey[]): string {
  if (part === 'body') return shorten(pointer(path), 300)
  const name = shorten(path.map(String).join('.'))
  return part === 'querystring' ? `?${name}` : part === 'params' ? `{${name}}` : `@${name}`
}

/** Of the alternatives of a union, the one that came closest: what the caller most likely meant. */
function likeliestBranch (branches: core.$ZodIssue[][]): core.$ZodIssue[] {
  const misses = (issues: core.$ZodIssue[]) =>
    issues.some(issue => issue.code === 'invalid_type' && issue.path.length === 0) ? Infinity : countOf(issues)
  return branches.reduce((best, branch) => misses(branch) < misses(best) ? branch : best)
}

const countOf = (issues: core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0)

const memberOf = (value: unknown, key: PropertyKey | undefined): unknown =>
  typeof value === 'object' && value !== null && key !== undefined ? Reflect.get(value, key) : undefined

/** The convention for a schema's own rules: `refine(…, { params: { code, vi, en } })`. */
const isWorded = (params: Record<string, unknown> | undefined): params is { code: string, vi: string, en: string, near?: string } =>
  typeof params?.code === 'string' && typeof params.vi === 'string' && typeof params.en === 'string'
