/// Parts of a sandboxed build outside of the sandbox: a permanent package cache, the phase that
/// fills it, and the resolution of a missing lockfile.
@NullMarked
package lazaret.cli.sandbox;

import org.jspecify.annotations.NullMarked;
