import { resolve } from 'node:path'

/** Where the modules of the program are: this directory, or the one that it was built into. */
export const PROGRAM = import.meta.dirname

/** What is installed with the program: migrations, reference data, examples. */
export const PACKAGE_ROOT = resolve(PROGRAM, '..')
