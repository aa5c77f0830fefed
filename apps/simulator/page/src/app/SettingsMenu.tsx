import { chooseLanguage, languageNames, locales, m as kit, useLocale } from '@claviger/web-kit';
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { m } from '../i18n/messages.ts';

const colorSchemes = [
  { value: 'light', title: kit.appearance_light },
  { value: 'dark', title: kit.appearance_dark },
  { value: 'auto', title: kit.appearance_system },
] as const;

function AppearanceChoice() {
  // Mantine would switch transitions off by a style element, which our Content-Security-Policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const choose = (value: string) => {
    const chosen = colorSchemes.find((scheme) => scheme.value === value);
    if (chosen) setColorScheme(chosen.value);
  };
  return (
    <>
      <Menu.Label>{kit.appearance()}</Menu.Label>
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
  const choose = (value: string) => {
    const chosen = locales.find((each) => each === value);
    if (chosen) chooseLanguage(chosen);
  };
  return (
    <>
      <Menu.Label>{kit.language()}</Menu.Label>
      <Menu.RadioGroup value={locale} onChange={choose}>
        {locales.map((value) => (
          <Menu.RadioItem key={value} value={value} lang={value}>
            {languageNames[value]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** How the page looks and which language it speaks. */
export function SettingsMenu() {
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={m.settings()}>
          <IconSettings size={18} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <AppearanceChoice />
        <Menu.Divider />
        <LanguageChoice />
      </Menu.Dropdown>
    </Menu>
  );
}
