/// Values of the operations on the read ledger, with notes on lines.
@NullMarked
package lazaret.vetting.deskapi.reading;

import org.jspecify.annotations.NullMarked;
