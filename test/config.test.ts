import t from 'tap'
import { ConfigError, readConfig } from '../src/config.ts'

function faultsOf (env: Record<string, string | undefined>) {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

t.test('an empty environment is enough', async t => {
  t.same(readConfig({}), {
    host: '127.0.0.1', port: 3000, logLevel: 'info', reads: 'open', poolSize: 10, importLimitMiB: 2048, importKeepDays: 7
  })
})

t.test('every variable is read, and the rest of the environment is not our business', async t => {
  t.same(readConfig({
    DATABASE_URL: 'postgresql://thac@db/thac',
    THAC_DATA_DIR: '/srv/thac/../data',
    HOST: '0.0.0.0',
    PORT: '0',
    LOG_LEVEL: 'debug',
    THAC_READS: 'key',
    THAC_POOL_SIZE: '3',
    THAC_TRUSTED_PROXIES: '10.0.0.5, 192.168.0.0/16',
    THAC_BASE_URL: 'https://thac.example.vn/',
    THAC_IMPORT_LIMIT_MIB: '64',
    THAC_IMPORT_KEEP_DAYS: '30',
    PATH: '/bin',
    npm_config_thac: 'x'
  }), {
    databaseUrl: 'postgresql://thac@db/thac',
    dataDirectory: '/srv/data',
    host: '0.0.0.0',
    port: 0,
    logLevel: 'debug',
    reads: 'key',
    poolSize: 3,
    trustedProxies: ['10.0.0.5', '192.168.0.0/16'],
    baseUrl: 'https://thac.example.vn',
    importLimitMiB: 64,
    importKeepDays: 30
  })
})

t.test('an empty variable counts as unset, as an env file with PORT= means it', async t => {
  t.same(readConfig({ PORT: '', DATABASE_URL: '', THAC_READS: undefined }), readConfig({}))
})

t.test('the configuration cannot be changed after it is read', async t => {
  t.ok(Object.isFrozen(readConfig({})))
})

t.test('all faults are reported at once, each with an example', async t => {
  const faults = faultsOf({
    DATABASE_URL: 'mysql://db/thac', HOST: 'http://0.0.0.0', PORT: '80000', LOG_LEVEL: 'loud', THAC_READS: 'all', THAC_POOL_SIZE: '0', THAC_BASE_URL: 'thac.example.vn', THAC_TRUSTED_PROXIES: 'proxy,10.0.0.0/33'
  })
  t.strictSame(faults.map(fault => fault.variable).sort(),
    ['DATABASE_URL', 'HOST', 'LOG_LEVEL', 'PORT', 'THAC_BASE_URL', 'THAC_POOL_SIZE', 'THAC_READS', 'THAC_TRUSTED_PROXIES'])
  t.match(faults.find(fault => fault.variable === 'PORT'), { problem: 'must be a whole number from 0 to 65535', example: '3000' })
  t.match(faults.find(fault => fault.variable === 'THAC_READS'), { problem: 'must be one of open, key' })
  t.equal(new ConfigError(faults).message.split('\n').length, 9, 'one line for each')
})

for (const port of ['-1', '3000.5', '0x10', '1e3', ' 80', '65536', 'http']) {
  t.test(`PORT=${port} is refused`, async t => {
    t.match(faultsOf({ PORT: port }), [{ variable: 'PORT' }])
  })
}

t.test('every example would be accepted', async t => {
  const every = ['DATABASE_URL', 'HOST', 'PORT', 'LOG_LEVEL', 'THAC_READS', 'THAC_POOL_SIZE', 'THAC_BASE_URL']
  const faults = faultsOf(Object.fromEntries(every.map(variable => [variable, variable === 'HOST' ? '/' : '?'])))
  t.equal(faults.length, every.length)
  t.same(faultsOf(Object.fromEntries(faults.map(({ variable, example }) => [variable, example]))), [])
})

t.test('a misspelled THAC_ variable is refused with the one that was meant', async t => {
  t.match(faultsOf({ THAC_POOLSIZE: '5' }), [{ variable: 'THAC_POOLSIZE', problem: /did you mean THAC_POOL_SIZE\?/ }])
  const [fault] = faultsOf({ THAC_SOMETHING_ELSE_ENTIRELY: '1' })
  t.notMatch(fault?.problem, /did you mean/, 'without a guess when nothing is near')
})

t.test('a password in a faulty DATABASE_URL is not repeated', async t => {
  t.notMatch(new ConfigError(faultsOf({ DATABASE_URL: 'postgre://thac:s3cret@db/thac' })).message, /s3cret/)
})
