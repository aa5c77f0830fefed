import { Switch } from '@mantine/core';
import { networkModes, type DoorAction, type DoorView } from '../../../src/contract.ts';
import { m } from '../i18n/messages.ts';
import { networkWords } from './door-words.ts';
import './choices.css';

interface DoorSwitchesProps {
  readonly door: DoorView;
  readonly onAct: (action: DoorAction) => void;
}

function NetworkSwitch({ door, onAct }: DoorSwitchesProps) {
  return (
    <fieldset className="network-switch">
      <legend>{m.network_of({ name: door.name })}</legend>
      <p className="network-line" aria-hidden>
        <span>{m.network()}</span>
        <span className="small">{networkWords(door.network).hint}</span>
      </p>
      <div className="choices">
        {networkModes.map((mode) => (
          <label key={mode}>
            <input
              type="radio"
              name={`network-${door.serial}`}
              checked={door.network === mode}
              onChange={() => {
                onAct({ type: 'network', mode });
              }}
            />
            <span>{networkWords(mode).name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** The switches of the surroundings: network cable, mains, people, box cover. */
export function DoorSwitches({ door, onAct }: DoorSwitchesProps) {
  const switches = [
    {
      words: m.power(),
      isOn: door.isPowerOn,
      actionOf: (isOn: boolean): DoorAction => ({ type: 'power', isOn }),
    },
    {
      words: m.tamper(),
      isOn: door.isTampered,
      actionOf: (isTampered: boolean): DoorAction => ({ type: 'tamper', isTampered }),
    },
    {
      words: m.walk_through(),
      isOn: door.isWalkThroughOn,
      actionOf: (isOn: boolean): DoorAction => ({ type: 'walk_through', isOn }),
    },
  ];
  return (
    <div className="door-switches">
      <NetworkSwitch door={door} onAct={onAct} />
      {switches.map(({ words, isOn, actionOf }) => (
        <Switch
          key={words}
          label={words}
          checked={isOn}
          onChange={(event) => {
            onAct(actionOf(event.currentTarget.checked));
          }}
        />
      ))}
    </div>
  );
}
