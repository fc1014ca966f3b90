/// Tokens of a person on their own machine, which commands and cargo send to gates.
@NullMarked
package lazaret.credential;

import org.jspecify.annotations.NullMarked;
