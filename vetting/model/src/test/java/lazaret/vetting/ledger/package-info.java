@NullMarked
package lazaret.vetting.ledger;

import org.jspecify.annotations.NullMarked;
