import { execFileSync } from 'node:child_process';

/** End-to-end tests run the built program, so it is built from the sources as they are now. */
export default function buildProgram(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
