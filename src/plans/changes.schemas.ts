import { z } from 'zod'
import { firstDay, isPartialDate, lastDay } from '../domain/partial-date.ts'
import { partialDate, word } from '../http/schemas.ts'
import { targetBody } from './target.schemas.ts'

export const period = z.strictObject({ from: partialDate.optional(), to: partialDate.optional() }).refine(({ from, to }) => from === undefined || to === undefined || !isPartialDate(from) || !isPartialDate(to) || firstDay(from) <= lastDay(to), {
  params: {
    code: 'period-upside-down',
    vi: 'Giai đoạn kết thúc trước khi bắt đầu. Hãy kiểm tra from và to.',
    en: 'The period ends before it begins. Check from and to.'
  }
})

const saysSomething = (said: object): boolean => Object.values(said).some(value => value !== undefined)

/** As a reply has it; what a body must be besides is in `changesBody`. */
export const changesReply = z.strictObject({
  targets: z.array(targetBody).min(1).max(500).optional().meta({ description: 'Each takes the place of the target with its key, or is added.' }),
  removedTargets: z.array(word).min(1).max(500).optional().meta({ description: 'Keys of targets that end.' }),
  period: period.optional()
}).meta({ id: 'Changes', description: 'What becomes different in the cited plan; everything not named stays as it was.' })

/**
 * An empty object would count as written down and say nothing: the links that rest on the cited plan would not become
 * suspect, as they do when nobody knows what became different.
 */
export const changesBody = changesReply.extend({
  period: period.refine(saysSomething, {
    params: {
      code: 'changes-no-period',
      vi: 'Giai đoạn mới phải có from hoặc to. Nếu giai đoạn không đổi, hãy bỏ period.',
      en: 'The new period needs from or to. If the period stays as it was, leave period out.'
    }
  }).optional()
}).refine(saysSomething, {
  params: {
    code: 'changes-nothing',
    vi: 'changes không nêu thay đổi nào. Hãy ghi targets, removedTargets hoặc period; nếu chưa biết đổi những gì, hãy bỏ changes.',
    en: 'changes names no change. Give targets, removedTargets or period; if what became different is not known, leave changes out.'
  }
}).meta({ id: 'ChangesBody', description: 'What becomes different in the cited plan, one member at least; leave it out when that is not known.' })
