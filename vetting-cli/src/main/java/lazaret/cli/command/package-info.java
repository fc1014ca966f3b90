/// The base of all commands: session, global options, help.
@NullMarked
package lazaret.cli.command;

import org.jspecify.annotations.NullMarked;
