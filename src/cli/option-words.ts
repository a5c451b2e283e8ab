/** A sentence of the service names the parameters of its API; on a command line they are options. */
export const withOptions = (sentence: string): string => sentence
  .replaceAll('atomic=false', '--by-row')
  .replaceAll('asIssued=true', '--as-issued')
  .replaceAll('mode=validate', '--dry-run')
  .replaceAll(/strategy=([a-z]+)/g, '--strategy $1')
