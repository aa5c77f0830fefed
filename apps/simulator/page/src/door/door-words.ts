import type { AgentState, DoorView, NetworkMode } from '../../../src/contract.ts';
import { clockTime } from '../i18n/language.ts';
import { m } from '../i18n/messages.ts';

/** How the door stands, in one sentence. */
export function stateWords({ isOpen, bolt }: Pick<DoorView, 'isOpen' | 'bolt'>): string {
  if (isOpen) return m.state_open();
  const words = { thrown: m.state_locked, freed_by_relay: m.state_by_relay, freed_by_exit: m.state_by_exit };
  return words[bolt]();
}

export function boltWords(bolt: DoorView['bolt']): string {
  const words = {
    thrown: m.bolt_thrown,
    freed_by_relay: m.bolt_freed_by_relay,
    freed_by_exit: m.bolt_freed_by_exit,
  };
  return words[bolt]();
}

export function agentWords(agent: AgentState): string {
  switch (agent.state) {
    case 'off':
      return m.agent_off();
    case 'starting':
      return m.agent_starting();
    case 'running':
      return m.agent_running({ time: clockTime(agent.sinceAt) });
    case 'ended':
      return m.agent_ended({ how: agent.how, time: clockTime(agent.restartsAt) });
  }
}

export function networkWords(mode: NetworkMode): { readonly name: string; readonly hint: string } {
  const words = {
    on: { name: m.network_on(), hint: m.network_hint_on() },
    off: { name: m.network_off(), hint: m.network_hint_off() },
    silent: { name: m.network_silent(), hint: m.network_hint_silent() },
  };
  return words[mode];
}
