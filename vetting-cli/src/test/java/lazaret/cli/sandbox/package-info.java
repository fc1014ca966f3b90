/// Tests of what a sandboxed build needs beside the sandbox.
@NullMarked
package lazaret.cli.sandbox;

import org.jspecify.annotations.NullMarked;
