import { z } from 'zod'
import { isDecimal } from '../domain/decimal.ts'
import { LEVELS } from '../domain/level.ts'
import { COMPARATORS, DIRECTIONS, INHERITANCE_MODES, MEASURES } from '../domain/target/target.ts'
import { UNITS } from '../domain/target/unit.ts'
import { line, partialDate, word } from '../http/schemas.ts'

const decimal = z.string().max(60).refine(isDecimal, {
  params: {
    code: 'not-a-decimal',
    vi: 'Số ghi trong ngoặc kép, dấu chấm thập phân, ví dụ "1.5" hoặc "75000", để giữ đúng giá trị.',
    en: 'Write the number as text with a decimal point, "1.5" or "75000", so that its value is kept exactly.'
  }
}).meta({ description: 'An exact decimal as text.', examples: ['1.5'] })

const unit = z.enum(UNITS)

const year = z.int().min(1900).max(2200)

export const amount = z.strictObject({
  comparator: z.enum(COMPARATORS),
  value: decimal.optional(),
  low: decimal.optional(),
  high: decimal.optional(),
  unit: unit.optional()
}).meta({ id: 'Amount' })

const goal = z.strictObject({
  measure: z.enum(MEASURES),
  direction: z.enum(DIRECTIONS).optional(),
  averaged: z.boolean().optional(),
  amount: amount.optional(),
  by: partialDate.optional(),
  baseline: z.strictObject({ on: partialDate.optional(), value: decimal.optional(), unit: unit.optional() }).optional(),
  series: z.array(z.strictObject({ year, amount })).max(100).optional(),
  status: word.optional()
}).meta({ id: 'Goal' })

/** What a target must be to be stored; whether it makes sense is the rule target-wellformed. */
export const targetBody = z.strictObject({
  key: word.meta({ description: 'Unique within the plan, stable when the plan is amended.' }),
  indicator: word.meta({ description: 'Code of the indicator.', examples: ['multidimensional-poverty-rate'] }),
  text: line(2000).optional().meta({ description: 'The text as printed.' }),
  scope: word.optional(),
  aspirational: z.boolean().optional(),
  goal: goal.optional(),
  equivalents: z.array(goal).max(10).optional(),
  byLevel: z.array(z.strictObject({ level: z.enum(LEVELS), amount })).max(LEVELS.length).optional(),
  overrides: z.array(z.strictObject({ scope: word, amount })).max(50).optional(),
  components: z.array(z.strictObject({ key: word.optional(), indicator: word.optional(), amount })).max(100).optional(),
  componentsComplete: z.boolean().optional(),
  assignments: z.array(z.strictObject({ organization: line(300), year: year.optional(), amount })).max(5000).optional(),
  allocation: z.strictObject({ cap: z.boolean().optional(), tolerance: decimal.optional(), complete: z.boolean().optional() }).optional(),
  inherits: z.array(z.strictObject({
    plan: line(120).optional(),
    key: word,
    how: z.enum(INHERITANCE_MODES),
    reason: line(1000).optional()
  })).max(20).optional()
}).meta({ id: 'Target' })
