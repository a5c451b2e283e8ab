import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PROBLEMS } from '../src/problem.ts'

export const PROBLEMS_PAGE = join(import.meta.dirname, '..', 'docs', 'problems.md')

/** docs/problems.md as src/problem.ts says it. */
export function problemsPage (): string {
  const sections = Object.entries(PROBLEMS).map(([code, { status, title, repair }]) =>
    `## ${code}\n\n\`${status}\`\n\n**${title.en}.** ${repair.en}\n\n**${title.vi}.** ${repair.vi}\n`)
  return `# Problems

<!-- Made from src/problem.ts by scripts/write-problems.ts. -->

Every failed request answers \`application/problem+json\` (RFC 9457). \`code\` is the contract: it is stable and never used
again for something else. \`type\` is \`/problems/<code>\`, a page of the service itself.

| member | meaning |
|---|---|
| \`title\`, \`detail\` | what happened, in the language of \`Accept-Language\`: Vietnamese, unless English is preferred |
| \`message\` | the detail in both languages, \`{ "vi", "en" }\` |
| \`instance\` | the id of the request, as in the header \`X-Request-Id\` and in the log |
| \`faults\` | the places of the request to repair: \`at\`, \`code\`, \`message\` and, where there is one, \`near\`, the nearest valid name or value |
| \`findings\` | what the rules found in a plan that was refused |
| \`links\` | where to go on, such as the plan that is already there |

\`at\` of a fault begins with \`/\` (or is empty) for a JSON Pointer into the body, \`?\` for a query parameter, \`{\` for a
part of the path, \`@\` for a header. All faults of one part of the request are listed at once, up to 100; the parts are
checked in the order path, body, query.

${sections.join('\n')}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await writeFile(PROBLEMS_PAGE, problemsPage())
