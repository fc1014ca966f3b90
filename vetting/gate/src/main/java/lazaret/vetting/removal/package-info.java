/// Removals upstream: suspected, confirmed by a second request, or too many to be trusted.
@NullMarked
package lazaret.vetting.removal;

import org.jspecify.annotations.NullMarked;
