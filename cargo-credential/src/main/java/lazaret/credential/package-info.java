/// Tokens of a person on their own machine, for commands that send them to gates.
@NullMarked
package lazaret.credential;

import org.jspecify.annotations.NullMarked;
