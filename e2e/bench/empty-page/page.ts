/** The least that a page of this framework can be: what the start of the app is measured against. */
import { mount } from 'svelte';
import Nothing from './Nothing.svelte';

const target = document.getElementById('app');
if (target !== null) mount(Nothing, { target });
