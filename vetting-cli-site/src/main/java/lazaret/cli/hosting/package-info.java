/// The command `private`, with `token own`.
@NullMarked
package lazaret.cli.hosting;

import org.jspecify.annotations.NullMarked;
