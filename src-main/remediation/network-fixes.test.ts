import { testFixes, testRefusals } from '../testing/fix-cases.ts';
import { networkFixCases, networkRefusals } from '../testing/network-fix-cases.ts';

testFixes(networkFixCases);
testRefusals(networkRefusals);
