/** The Microsoft iSCSI initiator not set to start by itself, on a host that needs its sessions. */
import { conclude } from './conclude.ts';
import { defineRule } from './define-rule.ts';
import { appliesToInitiator, isBootSession, loginsByTarget } from './favourites.ts';
import { counted } from './wording.ts';

export const rule = defineRule({
  id: 'iscsi-service',
  severities: ['warning'],
  title: 'The iSCSI initiator starts with Windows',
  failureTitle: 'The iSCSI initiator does not start with Windows',
  needs: ['Service', 'IscsiSession', 'IscsiPersistentLogin'],
  fixes: ['iscsi-service-automatic'],
  appliesTo: appliesToInitiator,
  evaluate: (facts) => {
    const { model, snapshot } = facts;
    const reading = snapshot.readings.Service;
    const service =
      reading.status === 'ok'
        ? reading.records.find(({ name }) => name.toLowerCase() === 'msiscsi')
        : undefined;
    const sessions = model.sessions.filter(
      (session) => session.isConnected !== false && !session.isOffloaded && !isBootSession(model, session),
    );
    const favourites = loginsByTarget(facts).reduce((sum, { logins }) => sum + logins.length, 0);
    return conclude(facts, {
      things: sessions.length + favourites > 0 ? [service] : [],
      see: (one) => {
        if (one?.startType === undefined)
          return { doubt: 'How the service MSiSCSI is started is not known.' };
        return /^auto/i.test(one.startType) ? 'well' : { bad: one.startType };
      },
      report: ([startType]) => ({
        severity: 'warning',
        message: `The service MSiSCSI is set to start ${startType === 'Disabled' ? 'never (Disabled)' : `on demand only (${startType})`}, while this host has ${counted(sessions.length, 'iSCSI session')} and ${counted(favourites, 'favourite login')}: after a restart they come back late or not at all.`,
        subjects: [{ kind: 'service', id: 'service:msiscsi', name: 'MSiSCSI' }],
        evidence: { startType, sessions: sessions.length, favouriteLogins: favourites },
        advice:
          'Set the service to start by itself (Set-Service -Name MSiSCSI -StartupType Automatic). It changes nothing about the running sessions. Never stop the service while sessions are in use.',
      }),
      none: 'All sessions of this host were made by its firmware or by adapters with an initiator of their own.',
      isForGuests: true,
    });
  },
});
