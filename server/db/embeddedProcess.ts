import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/**
 * Names one run of one process: the same pid taken by a later process gives another name, so that a file left behind
 * by `kill -9` or a reboot never speaks for a stranger. Undefined when the process has ended (a zombie has ended too).
 */
export function processIdentity(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  if (process.platform === 'linux' && existsSync('/proc/self/stat')) return linuxIdentity(pid)
  if (process.platform === 'win32') return signalReaches(pid) ? 'alive' : undefined
  return unixIdentity(pid)
}

/** The command line of a running process, its words separated by spaces; undefined where it cannot be read. */
export function processCommand(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return undefined
  }
  if (process.platform === 'win32') return undefined
  return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout || undefined
}

// proc_pid_stat(5): after the parenthesised name, field 3 is the state and field 22 the start in ticks since boot.
function linuxIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return `${fields[19]}-${bootId()}`
  } catch {
    return undefined
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
  } catch {
    return 'boot'
  }
}

function unixIdentity(pid: number): string | undefined {
  const row = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim()
  if (!row || row.startsWith('Z')) return undefined
  return row.split(/\s+/).slice(1).join('').replaceAll(/\W/g, '')
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
