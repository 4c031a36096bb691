import { Gauge, type Registry } from 'prom-client';
import type { PoolUse } from '../../contracts/index.ts';
import type { ServerState } from '../../http/index.ts';

const circuitValues = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Registers the gauges that are read from the server's state, and says how to set them: what is asked for cannot drift from what is. */
export function observeState(registry: Registry): (state: ServerState) => void {
  const registers = [registry];
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
    new Gauge({ name: `fascia_${name}`, help, labelNames, registers });
  const info = gauge('info', 'Always 1, with the version.', ['version']);
  const ready = gauge('ready', '1 while requests can be answered.');
  const storeUp = gauge('store_up', '1 while our own store answers.');
  const circuit = gauge('system_circuit', '0 closed, 1 half-open, 2 open.', ['system']);
  const closed = gauge('system_closed_types', 'Types that are closed: the system lacks what they need.', ['system']);
  const without = gauge('system_elements_left_out', 'Elements that are left out: the system lacks them.', ['system']);
  const success = gauge('system_last_success_timestamp_seconds', 'When a system last answered.', ['system']);
  const pool = gauge('pool_connections', 'Connections by use, and those who wait for one.', ['pool', 'use']);
  const pending = gauge('audit_pending', 'Audit records that wait to become durable.');
  const failing = gauge('audit_failing', '1 after an insert into the log failed.');
  const linksAge = gauge('links_age_seconds', 'How long ago the links between patients were read.');
  const setPool = (name: string, { open, idle, waiting, max }: PoolUse): void => {
    for (const [use, value] of Object.entries({ busy: open - idle, idle, waiting, max }))
      pool.set({ pool: name, use }, value);
  };
  return (state) => {
    info.set({ version: state.version }, 1);
    ready.set(state.status === 'ready' ? 1 : 0);
    storeUp.set(state.store.isUp ? 1 : 0);
    setPool('store', state.store.pool);
    pending.set(state.audit.pending);
    failing.set(state.audit.failing ? 1 : 0);
    if (state.linksAsOfMs !== undefined) linksAge.set(Math.max(0, state.nowMs - state.linksAsOfMs) / 1000);
    for (const system of state.systems) {
      circuit.set({ system: system.id }, circuitValues[system.circuit]);
      closed.set({ system: system.id }, system.expectations.closed.length);
      without.set({ system: system.id }, system.expectations.without.length);
      if (system.lastSuccessMs !== undefined) success.set({ system: system.id }, system.lastSuccessMs / 1000);
      setPool(system.id, system.pool);
    }
  };
}
