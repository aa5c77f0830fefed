import { ThemeProvider, useLocale } from '@claviger/web-kit';
import '@claviger/web-kit/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startStreetLanguage } from '../i18n/language.ts';
import { StreetPage } from '../street/StreetPage.tsx';

/** Another language draws the page anew: messages are plain calls and do not watch the language themselves. */
function Page() {
  const locale = useLocale();
  return <StreetPage key={locale} />;
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');

startStreetLanguage();
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <Page />
    </ThemeProvider>
  </StrictMode>,
);
