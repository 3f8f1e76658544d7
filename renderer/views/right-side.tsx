/** The instrument's right half, the same for exercises and the workbench: field and facts above, results below. */
import { FieldView } from '../field/field-view.tsx';
import { useShownRun } from '../state/shown-run.ts';
import { Facts } from './facts.tsx';
import { Results } from './results.tsx';

export function RightSide({ draftKey }: { draftKey: string }) {
  const run = useShownRun(draftKey);
  return (
    <div className="gs-right-container">
      <div className="gs-right">
        <div className="gs-top">
          <FieldView draftKey={draftKey} run={run} />
          <Facts draftKey={draftKey} run={run} />
        </div>
        <Results draftKey={draftKey} run={run} />
      </div>
    </div>
  );
}
