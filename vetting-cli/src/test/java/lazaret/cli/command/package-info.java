@NullMarked
package lazaret.cli.command;

import org.jspecify.annotations.NullMarked;
