import { useEffect, useReducer, useState } from 'react';
import { streetMessage } from '../../../src/contract.ts';
import { nextStreet, type StreetState } from './street-state.ts';

/** The street, live: undefined until the simulator has told it; `isLive` while it is listening. */
export function useStreet(): { street: StreetState | undefined; isLive: boolean } {
  const [street, tell] = useReducer(nextStreet, undefined);
  const [isLive, setIsLive] = useState(false);

  useEffect(() => {
    // EventSource connects again by itself; the first message of each connection is the whole street.
    const source = new EventSource('/api/live');
    source.onopen = () => {
      setIsLive(true);
    };
    source.onerror = () => {
      setIsLive(false);
    };
    source.onmessage = (event: MessageEvent<string>) => {
      tell(streetMessage.parse(JSON.parse(event.data)));
    };
    return () => {
      source.close();
    };
  }, []);

  return { street, isLive };
}
