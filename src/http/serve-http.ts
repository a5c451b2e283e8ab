import type { FastifyInstance } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import { noteRoutes } from './allowed-methods.ts'
import { limitBodyTime } from './body-deadline.ts'
import { authenticate, type AuthOptions } from './auth.ts'
import { documentApi, type DocsOptions } from './docs.ts'
import { sendSecurityHeaders } from './headers.ts'
import { indexRoutes } from './index.routes.ts'
import { problemRoutes } from './problem.routes.ts'
import { answerExpectations, answerProblems, type ToProblem } from './problems.ts'
import { readJsonStrictly } from './strict-json.ts'
import { refuseUndeclaredParameters, validatorCompiler } from './validation.ts'

export interface HttpOptions extends AuthOptions, DocsOptions {
  /** What a failure of the database means to the caller. */
  toProblem: ToProblem
}

/**
 * Everything about HTTP that is not about plans. The app is made with `serverOptions`; routes are added after this, each
 * with `config.scope`.
 */
export async function serveHttp (app: FastifyInstance, options: HttpOptions): Promise<void> {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  readJsonStrictly(app)
  sendSecurityHeaders(app)
  limitBodyTime(app)
  authenticate(app, options)
  refuseUndeclaredParameters(app)
  answerProblems(app, { routes: noteRoutes(app), toProblem: options.toProblem })
  answerExpectations(app)
  await documentApi(app, options)
  await app.register(indexRoutes, { version: options.version })
  await app.register(problemRoutes)
}
