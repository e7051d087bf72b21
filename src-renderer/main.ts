/** The window's beginning: the bridge, the state behind it, the page. */
import '../resources/theme/tokens.css';
import './theme/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { openBridge } from './bridge.ts';
import NoBridge from './NoBridge.svelte';
import { AboutStore } from './state/about.svelte.ts';
import { ChangesStore } from './state/changes.svelte.ts';
import { CompareStore } from './state/compare.svelte.ts';
import { HostStore } from './state/host.svelte.ts';
import { LiveStore } from './state/live.svelte.ts';
import { LoadStore } from './state/load.svelte.ts';
import { ObservationStore } from './state/observations.svelte.ts';
import { ReportStore } from './state/report.svelte.ts';
import { RulePageStore } from './state/rule-pages.svelte.ts';
import { WhatIfStore } from './state/what-if.svelte.ts';
import { SettingsStore } from './state/settings.svelte.ts';
import { SampleStore } from './state/samples.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

const opened = await openBridge();
if (opened.ok) {
  const { bridge, onLost } = opened.value;
  const host = new HostStore(bridge);
  const changes = new ChangesStore(bridge);
  const live = new LiveStore(bridge);
  const load = new LoadStore(bridge);
  onLost((failure) => host.lose(failure));
  mount(App, {
    target,
    props: {
      about: new AboutStore(bridge),
      host,
      changes,
      compare: new CompareStore(bridge),
      live,
      load,
      observations: new ObservationStore(bridge),
      report: new ReportStore(bridge),
      rulePages: new RulePageStore(bridge),
      whatIf: new WhatIfStore(bridge),
      samples: new SampleStore(bridge),
      settings: new SettingsStore(bridge),
    },
  });
  void host.follow();
  void changes.follow();
  void live.follow();
  void load.follow();
} else {
  mount(NoBridge, { target, props: { failure: opened.failure } });
}
