import t from 'tap'
import { testService } from '../helpers/service.ts'

t.test('the root says where to go, and every place it names is there', async t => {
  const { app, get } = await testService(t)
  const { links } = (await get('/')).json()
  for (const link of Object.values(links) as string[]) t.ok(app.hasRoute({ method: 'GET', url: link }), link)
})
