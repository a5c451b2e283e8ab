/** Why this Node cannot run the program; undefined when it can. In old JavaScript, because an old Node reads it. */
export function faultOfNode (version: string): string | undefined {
  const [major, minor] = version.split('.').map(Number)
  if (major! > 20 || (major === 20 && minor! >= 19)) return undefined
  return `Node ${version} is too old for thac: install Node 20.19 or newer (node --version shows what runs).`
}
