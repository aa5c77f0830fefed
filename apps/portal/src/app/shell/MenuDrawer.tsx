import { m } from '@claviger/web-kit';
import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';

// Only a narrow page needs it, and only once somebody opens it.
const DrawerPanel = lazy(() =>
  import('./DrawerPanel.tsx').then((module) => ({ default: module.DrawerPanel })),
);

interface MenuDrawerProps {
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** The sections on a narrow page: behind a button. */
export function MenuDrawer({ isOpen, onChange, children }: MenuDrawerProps) {
  const [isWanted, setIsWanted] = useState(false);
  const open = () => {
    setIsWanted(true);
    onChange(true);
  };
  return (
    <div className="menu-drawer">
      <ActionIcon
        aria-label={m.shell_open_menu()}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={open}
      >
        <IconMenu2 size={22} stroke={1.6} />
      </ActionIcon>
      {isWanted && (
        <Suspense>
          <DrawerPanel isOpen={isOpen} onClose={() => onChange(false)}>
            {children}
          </DrawerPanel>
        </Suspense>
      )}
    </div>
  );
}
