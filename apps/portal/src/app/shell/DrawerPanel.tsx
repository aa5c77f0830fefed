import { m } from '@claviger/web-kit';
import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

interface DrawerPanelProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What slides in from the side of a narrow page. */
export function DrawerPanel({ isOpen, onClose, children }: DrawerPanelProps) {
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={onClose}
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
  );
}
