/** Import directions: the corridor stays one way. A folder's name is its place in it; see docs/architecture.md. */
const room = (name) => `^src-main/${name}/`;
const test = '\\.test\\.ts$';

/** A room and everything outside itself that it may import. Rooms not named here are refused by `no-unknown-room`. */
const mayImport = {
  shared: [],
  powershell: ['shared', 'platform'],
  platform: ['shared'],
  discovery: ['shared', 'powershell', 'platform'],
  settings: ['shared'],
  'path-graph': ['shared'],
  sampling: ['shared'],
  spread: ['shared', 'path-graph', 'sampling'],
  load: ['shared', 'spread'],
  rules: ['shared', 'path-graph'],
  'what-if': ['shared', 'path-graph'],
  hosts: ['shared', 'powershell', 'discovery', 'sampling', 'platform'],
  remediation: ['shared', 'path-graph', 'what-if', 'hosts', 'platform'],
  'path-map': ['shared'],
  report: ['shared', 'path-graph', 'path-map'],
  redaction: ['shared', 'path-graph', 'sampling'],
  compare: ['shared', 'path-graph', 'what-if'],
  app: [
    'shared',
    'powershell',
    'discovery',
    'hosts',
    'path-graph',
    'rules',
    'what-if',
    'remediation',
    'compare',
    'report',
    'settings',
    'redaction',
    'sampling',
    'spread',
    'load',
    'platform',
  ],
  electron: ['shared', 'app', 'platform'],
  web: ['shared', 'app', 'platform'],
  cli: ['shared', 'app', 'platform', 'web', 'report', 'redaction'],
};

const rooms = Object.entries(mayImport).map(([from, to]) => ({
  name: `room-${from}`,
  severity: 'error',
  from: { path: room(from), pathNot: test },
  to: { path: '^src-main/', pathNot: [from, ...to].map(room) },
}));

const rendererFeatures = [
  'cockpit',
  'path-map',
  'throughput',
  'live',
  'spread',
  'findings',
  'targets',
  'host',
  'what-if',
  'settings',
  'changes',
  'compare',
];

module.exports = {
  forbidden: [
    ...rooms,
    {
      name: 'no-unknown-room',
      comment: 'A new folder of src-main gets its line in mayImport first.',
      severity: 'error',
      from: { path: '^src-main/[^/]+/', pathNot: [...Object.keys(mayImport), 'testing'].map(room) },
      to: {},
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^bun:|\\.svelte$' },
    },
    {
      name: 'pure-rooms',
      comment: 'Everything after the capture is a pure function of it. So is text of a tree of markup.',
      severity: 'error',
      from: {
        path: '^src-main/(shared|path-graph|path-map|sampling|spread|load|rules|what-if|report)/',
        pathNot: test,
      },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/fast-xml-builder' },
    },
    {
      name: 'node-powershell-once',
      severity: 'error',
      from: { pathNot: ['^src-main/powershell/session\\.ts$', '^node_modules', '^e2e/bench/'] },
      to: { path: 'node_modules/node-powershell' },
    },
    {
      name: 'electron-only-in-its-shell',
      severity: 'error',
      from: { path: '^src-', pathNot: ['^src-main/electron/'] },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'renderer-sees-only-shared',
      comment:
        'And the map, which the report draws as well. Its tests may take a demo host, so that the map is tested on what people see.',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: test },
      to: { path: '^src-main/', pathNot: '^src-main/(shared|path-map)/' },
    },
    {
      name: 'main-never-imports-renderer',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/' },
    },
    {
      name: 'ui-knows-no-host',
      severity: 'error',
      from: { path: '^src-renderer/(ui|format)/', pathNot: test },
      to: { path: '^src-renderer/', pathNot: '^src-renderer/(ui|format)/' },
    },
    {
      name: 'bridge-only-in-state',
      severity: 'error',
      from: { path: '^src-renderer/', pathNot: ['^src-renderer/(state|bridge|main)', test] },
      to: { path: '^src-renderer/bridge' },
    },
    ...rendererFeatures.map((feature) => ({
      name: `feature-${feature}-alone`,
      severity: 'error',
      from: { path: `^src-renderer/${feature}/`, pathNot: [test, '^src-renderer/cockpit/'] },
      to: {
        path: '^src-renderer/',
        pathNot: [`^src-renderer/${feature}/`, '^src-renderer/(state|ui|format|theme)/'],
      },
    })),
    {
      name: 'e2e-from-outside',
      comment:
        'Specs use the product as a person does; only benches, engine tests and the corpus look inside.',
      severity: 'error',
      from: { path: '^e2e/(specs|pages)/' },
      to: { path: '^src-', pathNot: '^src-main/shared/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^out/|^dist/|/bin/|/obj/)' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.svelte', '.svelte.ts', '.json'],
    },
  },
};
