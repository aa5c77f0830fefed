import { Dialog, m } from '@claviger/web-kit';
import { useSections } from '../shell/sections.ts';
import { goKeys } from './shortcuts.ts';
import './palette.css';

/** What the keys do, from the list by which they are heard. */
export function ShortcutsDialog({ entityId, onClose }: { entityId: string; onClose: () => void }) {
  const sections = useSections(entityId);
  const going = Object.entries(goKeys).flatMap(([key, name]) => {
    const section = sections.find((each) => each.name === name);
    return section ? [{ keys: ['G', key.toUpperCase()], text: section.title() }] : [];
  });
  const all = [
    { keys: ['Ctrl', 'K'], text: m.palette_title() },
    { keys: ['/'], text: m.shortcut_filter() },
    { keys: ['?'], text: m.shortcuts_title() },
    ...going,
  ];
  return (
    <Dialog title={m.shortcuts_title()} onClose={onClose}>
      <dl className="shortcuts">
        {all.map(({ keys, text }) => (
          <div key={text}>
            <dt>{text}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
