import { testFixes } from '../testing/fix-cases.ts';
import { storageFixCases } from '../testing/storage-fix-cases.ts';

testFixes(storageFixCases);
