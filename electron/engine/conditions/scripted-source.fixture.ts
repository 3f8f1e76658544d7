import type { NoEnergyReason, Reading } from '../../shared/conditions.ts';
import type { ConditionSource, Counters, PackageEnergy } from './source.ts';

/** A machine whose state is what the test last said. */
export class ScriptedSource implements ConditionSource {
  state: Omit<Reading, 'loopHertz'> = {};
  counted: Counters = {};
  spent: PackageEnergy | NoEnergyReason = 'no-counter';

  async reading(): Promise<Omit<Reading, 'loopHertz'>> {
    return this.state;
  }

  counters(): Counters {
    return this.counted;
  }

  energy(): PackageEnergy | NoEnergyReason {
    return this.spent;
  }
}
