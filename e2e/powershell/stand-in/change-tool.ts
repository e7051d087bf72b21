/**
 * Switchyard at work on a change, as a process that can be killed: `node change-tool.ts PREPARED FOLDER RULE`. It looks
 * through the engine of the tests, plans the fix of the rule's finding and applies it; what it does stands in the
 * journal in the folder.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { openTool } from '../change-tool.ts';
import type { PreparedEngine } from '../engine.ts';

const [preparedFile = '', folder = '', rule = ''] = process.argv.slice(2);
const tool = await openTool(JSON.parse(readFileSync(preparedFile, 'utf8')) as PreparedEngine, folder);
const plan = await tool.changes.plan({ findings: [rule], guardSeconds: 20 });
if (!plan.ok) throw new Error(plan.failure.message);
const begun = tool.changes.apply({ planHash: plan.value.hash, typed: [], secrets: {} });
if (!begun.ok) throw new Error(begun.failure.message);
await tool.changes.settled();
console.log(JSON.stringify((await tool.changes.state()).run));
await tool.close();
