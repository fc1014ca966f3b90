/// Tests of the read ledger.
@NullMarked
package lazaret.vetting.reading;

import org.jspecify.annotations.NullMarked;
