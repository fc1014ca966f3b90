/// Values of the operations on audits of other parties.
@NullMarked
package lazaret.vetting.deskapi.audits;

import org.jspecify.annotations.NullMarked;
