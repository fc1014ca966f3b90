/// The page about the ledger.
@NullMarked
package lazaret.web.events;

import org.jspecify.annotations.NullMarked;
