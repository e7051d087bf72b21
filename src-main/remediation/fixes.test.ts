import { testFixes, testRefusals } from '../testing/fix-cases.ts';
import { storageFixCases } from '../testing/storage-fix-cases.ts';
import { storageRefusals } from '../testing/storage-refusals.ts';

testFixes(storageFixCases);
testRefusals(storageRefusals);
