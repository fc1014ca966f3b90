/// The append-only, hash-chained record of decisions with the notices of the gate.
@NullMarked
package lazaret.vetting.ledger;

import org.jspecify.annotations.NullMarked;
