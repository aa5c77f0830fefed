import {
  chooseLanguage,
  isLocale,
  languageNames,
  locales,
  m,
  useLocale,
  useSession,
  useSignOut,
} from '@claviger/web-kit';
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';

const colorSchemes = [
  { value: 'light', title: m.appearance_light },
  { value: 'dark', title: m.appearance_dark },
  { value: 'auto', title: m.appearance_system },
] as const;

/** The person's own menu: appearance, language, sign out. */
export function UserMenu() {
  const session = useSession();
  const signOut = useSignOut();
  const email = session?.account.email ?? '';
  return (
    <Menu
      position="bottom-end"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      width={240}
      closeOnItemClick={false}
    >
      <Menu.Target>
        <ActionIcon className="user-button" aria-label={m.user_menu({ email })}>
          <IconUserCircle size={22} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="user-email">{email}</Menu.Label>
        <Menu.Divider />
        <AppearanceChoice />
        <LanguageChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => signOut.mutate()}>
          {m.sign_out()}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function AppearanceChoice() {
  // Mantine would switch transitions off by a style element, which our Content-Security-Policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const choose = (value: string) => {
    const chosen = colorSchemes.find((scheme) => scheme.value === value);
    if (chosen) setColorScheme(chosen.value);
  };
  return (
    <>
      <Menu.Label>{m.appearance()}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={choose}>
        {colorSchemes.map(({ value, title }) => (
          <Menu.RadioItem key={value} value={value}>
            {title()}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function LanguageChoice() {
  const locale = useLocale();
  return (
    <>
      <Menu.Label>{m.language()}</Menu.Label>
      <Menu.RadioGroup value={locale} onChange={(value) => isLocale(value) && chooseLanguage(value)}>
        {locales.map((value) => (
          <Menu.RadioItem key={value} value={value} lang={value}>
            {languageNames[value]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
