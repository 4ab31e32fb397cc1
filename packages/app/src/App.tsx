import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { navModule } from './nav/navModule';
import { signInModule } from './signIn/signInModule';

// Every other plugin, ours included, is discovered from package.json (app.packages in app-config.yaml).
export default createApp({
  features: [catalogPlugin, navModule, signInModule],
});
