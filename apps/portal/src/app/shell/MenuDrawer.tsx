import { m } from '@claviger/web-kit';
import { ActionIcon, Drawer } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface MenuDrawerProps {
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** The sections on a narrow page: behind a button. */
export function MenuDrawer({ isOpen, onChange, children }: MenuDrawerProps) {
  return (
    <div className="menu-drawer">
      <ActionIcon
        aria-label={m.shell_open_menu()}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        onClick={() => onChange(true)}
      >
        <IconMenu2 size={22} stroke={1.6} />
      </ActionIcon>
      <Drawer.Root
        opened={isOpen}
        onClose={() => onChange(false)}
        size={280}
        padding="sm"
        lockScroll={false}
        transitionProps={{ duration: 120 }}
      >
        <Drawer.Overlay />
        <Drawer.Content>
          <div className="drawer-head">
            <Drawer.Title>Claviger</Drawer.Title>
            <Drawer.CloseButton aria-label={m.action_close()} iconSize="20px" />
          </div>
          <Drawer.Body>{children}</Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </div>
  );
}
