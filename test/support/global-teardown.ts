import { dropDemo } from './global-setup.ts';

export default dropDemo;
