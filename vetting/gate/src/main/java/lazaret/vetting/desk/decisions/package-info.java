/// Approvals, exemptions, denials, revocations.
@NullMarked
package lazaret.vetting.desk.decisions;

import org.jspecify.annotations.NullMarked;
