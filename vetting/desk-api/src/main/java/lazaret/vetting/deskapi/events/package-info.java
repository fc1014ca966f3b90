/// Values of the operations on the ledger.
@NullMarked
package lazaret.vetting.deskapi.events;

import org.jspecify.annotations.NullMarked;
