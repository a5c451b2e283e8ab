/** The processor time that work takes, in milliseconds: unlike the clock, it does not run while others work. */
export async function cpuMsOf (work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return Math.round((user + system) / 1000)
}
