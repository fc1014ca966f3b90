/// Requests and replies about tokens.
@NullMarked
package lazaret.vetting.deskapi.tokens;

import org.jspecify.annotations.NullMarked;
