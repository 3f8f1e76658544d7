/** `gslab schema`: the JSON Schema (draft 2020-12) of a document that this program writes, for whoever reads it by another. */
import { z } from 'zod';
import {
  battleDocumentSchema,
  compareDocumentSchema,
  doctorDocumentSchema,
  exerciseDocumentSchema,
  figureDocumentSchema,
  ladderDocumentSchema,
  listDocumentSchema,
  runDocumentSchema,
  verifyDocumentSchema,
} from '../../shared/documents.ts';
import { evidenceSchema } from '../../shared/evidence.ts';
import { tableDocumentSchema } from '../../shared/result-table/table-document.ts';
import { type AddCommand, terminalFor } from '../command.ts';
import { EXIT } from '../failure.ts';
import { oneOf } from '../option-values.ts';

/** `figure` is what `export --to json` writes, `table` what it does with `--chart table`, `evidence` what a picture carries; the others are what `--json` prints. */
const SCHEMAS = {
  figure: figureDocumentSchema,
  table: tableDocumentSchema,
  evidence: evidenceSchema,
  run: runDocumentSchema,
  exercise: exerciseDocumentSchema,
  battle: battleDocumentSchema,
  ladder: ladderDocumentSchema,
  verify: verifyDocumentSchema,
  compare: compareDocumentSchema,
  list: listDocumentSchema,
  doctor: doctorDocumentSchema,
} as const;
type Documents = keyof typeof SCHEMAS;

export const addSchema: AddCommand = (program, invocation) => {
  const names = Object.keys(SCHEMAS) as Documents[];
  program
    .command('schema')
    .description('the JSON Schema of a document that this program writes')
    .argument('<document>', names.join(', '), oneOf('document', names))
    .action((name: Documents) => {
      terminalFor(invocation, {}).print(JSON.stringify(z.toJSONSchema(SCHEMAS[name], { target: 'draft-2020-12' }), null, 1));
      invocation.exitCode = EXIT.ok;
    });
};
