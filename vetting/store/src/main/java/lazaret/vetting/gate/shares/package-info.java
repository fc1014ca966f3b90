/// The fair division of upstream requests among clients.
@NullMarked
package lazaret.vetting.gate.shares;

import org.jspecify.annotations.NullMarked;
