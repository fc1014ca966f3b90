/// The read ledger of the desk.
@NullMarked
package lazaret.vetting.reading;

import org.jspecify.annotations.NullMarked;
