/** SMB told to look for interfaces again, to one file server. */
import { entityOf } from '#shared/entity.ts';
import type { SmbServer } from '#shared/host/host-model.ts';
import { defineFix, type FixFacts, type Step } from '../define-fix.ts';
import { refresh, serversMeant } from '../smb-servers.ts';

function selected({ model }: FixFacts, { id }: SmbServer): number {
  const channels = model.smbServers.find((server) => server.id === id)?.channels ?? [];
  return channels.filter(({ isSelected, isFailed }) => isSelected && !isFailed).length;
}

export const fix = defineFix({
  id: 'smb-channels-refresh',
  title: 'Have SMB look for interfaces again',
  impact: 'adds',
  needs: ['SmbConnection', 'SmbMultichannelConnection'],
  order: 90,
  plan: (request) =>
    serversMeant(request).map((server): Step => {
      const before = selected(request, server);
      // Each name that a server is used by has connections of its own.
      const names = [...new Set([server.name, ...server.aliases])];
      return {
        title: `SMB looks for interfaces to ${server.name} again; connections that are there stay.`,
        commands: names.map(refresh),
        changes: [
          {
            of: entityOf(server),
            property: 'Selected pairs of interfaces',
            before: String(before),
            after: `at least ${before}`,
          },
        ],
        impact: 'adds',
        verify: {
          says: `SMB uses at least as many pairs of interfaces to ${server.name} as before.`,
          observations: ['SmbConnection', 'SmbMultichannelConnection'],
          differs: (now) => {
            const after = selected(now, server);
            return after >= before ? undefined : `It uses ${after} of ${before}.`;
          },
        },
        undo: [],
        notUndone: 'SMB chooses its connections by itself; there is no setting to set back.',
      };
    }),
});
