/// Requests and replies about the ledger.
@NullMarked
package lazaret.vetting.deskapi.events;

import org.jspecify.annotations.NullMarked;
