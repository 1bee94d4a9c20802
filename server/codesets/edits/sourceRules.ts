import type { Finding, Rule } from './model.js'

/** A code rests on documentation that its author has signed; a facility may let it pass with a reason. */
export const unsignedSources: Rule = ({ lines }) =>
  lines
    .filter((line) => !line.sourcesSigned)
    .map((line): Finding => {
      return {
        ruleId: 'UNSIGNED_SOURCE',
        severity: 'WARNING',
        lines: [line],
        message: `${line.code} rests on a document that is not signed: have it signed, or give the reason to go on.`,
        source: '42 CFR 482.24(c)(1)',
      }
    })
