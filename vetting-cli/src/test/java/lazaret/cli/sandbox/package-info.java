/// Tests of the parts of a sandboxed build outside of the sandbox.
@NullMarked
package lazaret.cli.sandbox;

import org.jspecify.annotations.NullMarked;
