import { testFixes, testRefusals } from '../testing/fix-cases.ts';
import { networkPathCases, networkPathRefusals } from '../testing/network-path-cases.ts';

testFixes(networkPathCases);
testRefusals(networkPathRefusals);
