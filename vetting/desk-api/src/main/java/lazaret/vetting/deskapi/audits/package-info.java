/// Requests and replies about audits of other parties.
@NullMarked
package lazaret.vetting.deskapi.audits;

import org.jspecify.annotations.NullMarked;
