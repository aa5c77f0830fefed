import { ThemeProvider } from '@claviger/web-kit';
import '@claviger/web-kit/styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startStreetLanguage } from '../i18n/language.ts';
import { StreetPage } from '../street/StreetPage.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');

startStreetLanguage();
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <StreetPage />
    </ThemeProvider>
  </StrictMode>,
);
