/// Values of the operations on tokens.
@NullMarked
package lazaret.vetting.deskapi.tokens;

import org.jspecify.annotations.NullMarked;
