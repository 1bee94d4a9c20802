import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Programs that some tests drive, where they are usually found, and the Debian package that brings them. */
const TOOLS = [
  {
    variable: 'CHARTROOM_CHROMIUM',
    given: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    paths: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    debian: 'chromium',
  },
  {
    variable: 'CHARTROOM_NATS_SERVER',
    given: 'NATS_SERVER_PATH',
    names: ['nats-server'],
    paths: ['/usr/sbin/nats-server', '/usr/local/bin/nats-server'],
    debian: 'nats-server',
  },
]

/**
 * Where the tools are, as environment variables for the tests. What is missing is installed when that can be done
 * without asking (root on Debian); otherwise the tests that need it are skipped, each by name.
 */
export function findTools() {
  const missing = TOOLS.filter((tool) => !find(tool))
  if (missing.length > 0 && canInstall()) install(missing.map((tool) => tool.debian))
  const found = {}
  for (const tool of TOOLS) {
    const file = find(tool)
    if (file) found[tool.variable] = file
    else console.log(`${tool.names[0]} was not found (${tool.given} can name it): tests that need it are skipped.`)
  }
  return found
}

function find(tool) {
  const given = process.env[tool.variable] ?? process.env[tool.given]
  if (given) return isProgram(given) ? given : undefined
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const candidates = [...tool.names.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...tool.paths]
  return candidates.find(isProgram)
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function canInstall() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function install(packages) {
  console.log(`Installing ${packages.join(' and ')} for the tests`)
  const options = ['-o', 'Acquire::Retries=2', '-o', 'Acquire::http::Timeout=30', '-qq', '-y']
  const run = (...args) =>
    spawnSync('apt-get', [...options, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 5 * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0
  run('update')
  // One by one: a package that this release does not have must not keep the other away.
  for (const name of packages) run('install', '--no-install-recommends', name)
}
