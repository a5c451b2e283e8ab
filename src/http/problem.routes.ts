import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { PROBLEMS, Problem, type ProblemCode } from '../problem.ts'
import { mediaTypeOf } from './negotiation.ts'
import { PROBLEM_CODES, problemEntry } from './problem-schema.ts'
import { shorten } from '../text/shorten.ts'

type Entry = z.infer<typeof problemEntry>

/** The pages that the `type` of a problem leads to, for programs and for people. */
export const problemRoutes: FastifyPluginAsyncZod = async app => {
  app.get('/problems', {
    schema: {
      operationId: 'listProblems',
      summary: 'Every problem code with its cause and repair',
      tags: ['problems'],
      answers: { 200: { says: 'Every code, as JSON or, by Accept, as a page for people.' } },
      response: { 200: z.object({ problems: z.array(problemEntry) }) }
    },
    config: { scope: 'open', problems: ['not-acceptable'] }
  }, async (request, reply) => {
    const problems = PROBLEM_CODES.map(entryOf)
    return asPage(request.headers.accept, reply, problems) ?? { problems }
  })

  app.get('/problems/:code', {
    schema: {
      operationId: 'getProblem',
      summary: 'One problem code with its cause and repair',
      tags: ['problems'],
      params: z.object({ code: z.string().max(100) }),
      answers: { 200: { says: 'What the code means and how to repair it, as JSON or, by Accept, as a page for people.' } },
      response: { 200: problemEntry }
    },
    config: { scope: 'open', problems: ['problem-not-found', 'not-acceptable'] }
  }, async (request, reply) => {
    const { code } = request.params
    if (!Object.hasOwn(PROBLEMS, code)) {
      throw new Problem('problem-not-found', {
        vi: `Không có mã lỗi ${shorten(code)}; GET /problems liệt kê mọi mã.`,
        en: `There is no problem code ${shorten(code)}; GET /problems lists every code.`
      })
    }
    const entry = entryOf(code as ProblemCode)
    return asPage(request.headers.accept, reply, [entry]) ?? entry
  })
}

const entryOf = (code: ProblemCode): Entry => ({ code, ...PROBLEMS[code] })

/** Sends the entries as HTML if the caller prefers that; undefined if it prefers JSON. */
function asPage (accept: string | undefined, reply: FastifyReply, entries: Entry[]): FastifyReply | undefined {
  reply.header('vary', 'accept')
  const type = mediaTypeOf(accept, ['application/json', 'text/html'])
  if (type === undefined) {
    throw new Problem('not-acceptable', {
      vi: 'Trang này có hai dạng: application/json, text/html.',
      en: 'This page comes as application/json or text/html.'
    })
  }
  if (type === 'application/json') return undefined
  const articles = entries.map(({ code, status, title, repair }) => `
<article id="${code}">
<h2><code>${code}</code> · ${status}</h2>
<p><strong>${escape(title.vi)}.</strong> ${escape(repair.vi)}</p>
<p lang="en"><strong>${escape(title.en)}.</strong> ${escape(repair.en)}</p>
</article>`)
  return reply.type('text/html; charset=utf-8').send(
    `<!doctype html>\n<html lang="vi"><meta charset="utf-8"><title>Thác · mã lỗi</title>\n<h1>Thác · mã lỗi</h1>${articles.join('')}\n</html>\n`)
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
