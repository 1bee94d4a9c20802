import { explainScope, NEVER } from '../model/scopes.js'
import { DOCUMENT_TYPE } from '../ui/words/chart.js'

const typeWords = (category: string): string =>
  (DOCUMENT_TYPE as Readonly<Record<string, string>>)[category]?.toLowerCase() ?? category

export const scopeWords = (scope: string): string => explainScope(scope, typeWords).short

export const scopeSentence = (scope: string): string => explainScope(scope, typeWords).sentence

/** Each scope with what it means, and what none of them opens. */
export function ScopeList({ scopes }: { scopes: readonly string[] }) {
  return (
    <div className="scopes">
      <dl className="reasons">
        {scopes.map((scope) => (
          <div key={scope}>
            <dt className="mono">{scope}</dt>
            <dd>{scopeSentence(scope)}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">{NEVER}</p>
    </div>
  )
}
