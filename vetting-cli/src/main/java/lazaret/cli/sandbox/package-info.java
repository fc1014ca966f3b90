/// What a sandboxed build needs beside the sandbox itself: a package cache that outlives it, the
/// phase that fills it, and a lockfile where there is none.
@NullMarked
package lazaret.cli.sandbox;

import org.jspecify.annotations.NullMarked;
