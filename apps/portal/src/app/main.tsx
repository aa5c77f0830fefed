import { startPortal } from './start-portal.tsx';
import '@claviger/web-kit/styles.css';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');
startPortal(root);
