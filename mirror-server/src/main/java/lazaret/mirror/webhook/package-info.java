/// Events out: what the ledger gains is sent on, signed, in order, until it is taken.
@NullMarked
package lazaret.mirror.webhook;

import org.jspecify.annotations.NullMarked;
