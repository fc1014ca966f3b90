/// Commands for the sign-in of a person at a gate.
@NullMarked
package lazaret.cli.login;

import org.jspecify.annotations.NullMarked;
