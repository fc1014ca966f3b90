/// The commands that run a build in the sandbox, with the parts of such a build outside of it.
@NullMarked
package lazaret.cli.sandbox;

import org.jspecify.annotations.NullMarked;
