import { startLanguage } from '@claviger/web-kit';
import { showUnknown, startKeyPage } from './key-page.ts';
import { readToken } from './token.ts';
import './key-page.css';

const page = document.getElementById('page');
if (!page) throw new Error('The page has no element "page".');

startLanguage();
const token = readToken(location.hash);
if (token === undefined) showUnknown(page);
else void startKeyPage(page, token);

// Another link opened in the same tab is another key.
addEventListener('hashchange', () => location.reload());
