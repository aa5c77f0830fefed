import { chooseLanguage, languageNames, locales, m as kit, useLocale } from '@claviger/web-kit';
import { NativeSelect, useMantineColorScheme } from '@mantine/core';

const colorSchemes = [
  { value: 'light', title: kit.appearance_light },
  { value: 'dark', title: kit.appearance_dark },
  { value: 'auto', title: kit.appearance_system },
] as const;

function AppearanceChoice() {
  // Mantine would switch transitions off by a style element, which our Content-Security-Policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <NativeSelect
      label={kit.appearance()}
      value={colorScheme}
      data={colorSchemes.map(({ value, title }) => ({ value, label: title() }))}
      onChange={(event) => {
        const chosen = colorSchemes.find(({ value }) => value === event.currentTarget.value);
        if (chosen) setColorScheme(chosen.value);
      }}
    />
  );
}

function LanguageChoice() {
  const locale = useLocale();
  return (
    <NativeSelect
      label={kit.language()}
      value={locale}
      data={locales.map((value) => ({ value, label: languageNames[value] }))}
      onChange={(event) => {
        const chosen = locales.find((value) => value === event.currentTarget.value);
        if (chosen) chooseLanguage(chosen);
      }}
    />
  );
}

/** The foot of the page: how it looks and which language it speaks. */
export function Appearance() {
  return (
    <footer className="appearance">
      <AppearanceChoice />
      <LanguageChoice />
    </footer>
  );
}
