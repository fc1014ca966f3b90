/// The handling of queued requests by reviewers: closing, comments, assignment. Pure values, folded
/// from the ledger.
@NullMarked
package lazaret.vetting.requests;

import org.jspecify.annotations.NullMarked;
