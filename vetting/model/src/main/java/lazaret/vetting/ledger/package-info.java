/// The append-only, hash-chained record of people's decisions and the gate's notices.
@NullMarked
package lazaret.vetting.ledger;

import org.jspecify.annotations.NullMarked;
