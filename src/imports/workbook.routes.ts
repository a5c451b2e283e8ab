import { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { xlsxTemplate } from '../files/xlsx/xlsx-template.ts'
import { callerOf } from '../http/auth.ts'
import { queryOf, wholeNumber } from '../http/query.ts'
import { MEDIA_TYPES } from '../files/formats.ts'
import { visibleImport } from './import.operations.ts'
import { importId } from './import.schemas.ts'
import { markedWorkbook } from './workbook.operations.ts'

const XLSX = MEDIA_TYPES.xlsx[0]!

const workbookReply = { 200: { content: { [XLSX]: { schema: z.string().meta({ format: 'binary' }) } } } }

export const workbookRoutes: FastifyPluginAsyncZod<{ db: Db }> = async (app, { db }) => {
  app.get('/imports/template', {
    config: { scope: 'open' },
    schema: {
      operationId: 'getImportTemplate',
      summary: 'An empty workbook to fill in and import',
      description: 'With the types and levels to choose from, and a sheet that explains each column in Vietnamese and English.',
      tags: ['imports'],
      querystring: queryOf({ language: z.enum(['vi', 'en']).default('vi').meta({ description: 'Of the headers.' }) }),
      answers: { 200: { says: 'The workbook.', headers: ['Content-Disposition'] } },
      response: workbookReply
    }
  }, async (request, reply) => {
    const { language } = request.query
    reply.type(XLSX).header('content-disposition', attachment(language === 'vi' ? 'mau-nhap-van-ban.xlsx' : 'plan-import-template.xlsx'))
    return await reply.send(Readable.from(xlsxTemplate({ language })) as never)
  })

  app.get('/imports/:id/workbook', {
    config: { scope: 'plans:write', problems: ['import-not-found', 'import-not-ready', 'import-not-workbook'] },
    schema: {
      operationId: 'getImportWorkbook',
      summary: 'The uploaded workbook with its bad cells marked',
      description: 'Everything else in it is as it was. A column “Lỗi (Errors)” says what is wrong in each refused row; an import passes it over.',
      tags: ['imports'],
      params: z.strictObject({ id: importId }),
      querystring: queryOf({ file: wholeNumber(1, 100).optional().meta({ description: 'Which file of the upload, from 1; absent: the first workbook.' }) }),
      answers: { 200: { says: 'The workbook as it was uploaded, with its bad cells marked.', headers: ['Content-Disposition'] } },
      response: workbookReply
    }
  }, async (request, reply) => {
    const job = await visibleImport(db, request.params.id, callerOf(request))
    const { name, bytes } = await markedWorkbook(db, job, request.query.file)
    reply.type(XLSX).header('content-disposition', attachment(name))
    return await reply.send(Readable.from(bytes) as never)
  })
}

/** RFC 6266: the name in ASCII for old readers, and whole for others. */
const attachment = (name: string): string =>
  `attachment; filename="${name.normalize('NFD').replace(/[^\x20-\x7e]|["\\]/g, '')}"; filename*=UTF-8''${encodeURIComponent(name)}`
