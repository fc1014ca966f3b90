/// The append-only, hash-chained record of who decided what and of what the gate noticed.
@NullMarked
package lazaret.vetting.ledger;

import org.jspecify.annotations.NullMarked;
